"""What `hostile` does too much of: bytes, requests, noise, connections, and events for those who do not read them."""
import base64
import contextlib
import os
import resource
import select
import socket
import time

import kit
from connections import DEADLINE, Standing, answer, ended_by, opened, responses, spoken

CONNECTIONS_MAX, DESCRIPTORS_MAX = 512, 800
HOSTILE_USER = 65533


def flood(trial):
    """A body that is announced with 1 GiB, sent as fast as it is taken."""
    hostile = opened(trial.target, 5)
    began, sent = time.monotonic(), 0
    try:
        hostile.sendall(b"POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\nContent-Length: 1073741824\r\n\r\n")
        while sent < 1 << 30 and time.monotonic() < began + DEADLINE + trial.slack:
            sent += hostile.send(b"x" * 65_536)
    except OSError:
        pass
    data, ended = answer(hostile, DEADLINE + trial.slack)
    ended_by(hostile)
    statuses = [status for status, _, _ in responses(data)]
    # What is thrown away after the answer, and what a socket holds.
    trial.tally.check(f"of 1 GiB {sent / (1 << 20):.1f} MiB were taken in {time.monotonic() - began:.1f} s, told {statuses}",
                      ended and statuses == [413] and sent <= 8 << 20, (ended, statuses, sent))


def pipelined(trial):
    count = 3_000 if trial.options.short else 100_000
    began = time.monotonic()
    came, _ = spoken(trial.target, b"GET /v1/log/key HTTP/1.1\r\nHost: d\r\n\r\n" * count
                     + b"GET /v1/health HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n", 60, most=64 << 20)
    got = came.count(b"HTTP/1.1 200")
    trial.tally.check(f"{count:,} requests in one go: {got:,} answered in {time.monotonic() - began:.1f} s",
                      got == count + 1, came[-300:])


def noise(trial):
    count = 150 if trial.options.short else 3_000
    pick = trial.options.random
    right = (b"GET /v1/queries/ListStaff?name=x HTTP/1.1\r\nHost: d\r\nAccept: application/json\r\n"
             b"Content-Length: 0\r\n\r\n")
    for number in range(count):
        if number % 2:
            data = pick.randbytes(pick.randrange(1, 3_000))
        else:
            raw = bytearray(right * pick.randrange(1, 3))
            for _ in range(pick.randrange(1, 6)):
                raw[pick.randrange(len(raw))] = pick.randrange(256)
            data = bytes(raw[: pick.randrange(1, len(raw) + 1)])
        came, ended = spoken(trial.target, data, DEADLINE + trial.slack, end=True)
        # A byte may have become another that is as right.
        trial.refused(f"noise {number}, {base64.b64encode(data[:60])}", came, ended, may_answer=not number % 2)
    kit.say(f"     {count} connections of noise")


def crowd(trial):
    """Thousands of connections of one user, none of which ever asks anything. A process of its own, for its limits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = min(2_000 if trial.options.short else 10_000, hard - 500)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    held, refused, began = [], 0, time.monotonic()
    try:
        for _ in range(count):
            hostile = socket.socket(socket.AF_UNIX)
            # Waits where there is no room.
            hostile.connect(trial.target.socket)
            held.append(hostile)
        took = time.monotonic() - began
        open_now = len(os.listdir(f"/proc/{trial.target.pid}/fd"))
        for hostile in held[CONNECTIONS_MAX:]:
            hostile.settimeout(10)
            try:
                refused += hostile.recv(4096).startswith(b"HTTP/1.1 429 ")
            except OSError:
                pass
        trial.tally.check(f"{count:,} connections in {took:.1f} s: {refused:,} are told that these are too many, "
                          f"{open_now} descriptors", refused >= count - CONNECTIONS_MAX - 8
                          and open_now < DESCRIPTORS_MAX, (refused, open_now))
    finally:
        for hostile in held:
            hostile.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    # Nobody of this user gets in before those are forgotten.
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if trial.target.ask("GET", "/v1/health")[0] == 200:
                return
        except kit.LOST:
            pass
        time.sleep(0.05)
    trial.tally.check("who was one of a crowd is let in again", False)


def held_by(target):
    return len(os.listdir(f"/proc/{target.pid}/fd"))


@contextlib.contextmanager
def another_user():
    """Who connects here is neither root, nor whom the daemon runs as, nor the witness; where there is root."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(HOSTILE_USER)
    try:
        yield
    finally:
        os.seteuid(0)


def churn(trial):
    """Connections that come and go, and take nothing with them: not asking, not reading, half closed and then gone."""
    count = 1_000 if os.getuid() == 0 and not trial.options.short else 60
    before = held_by(trial.target)
    asked = b"GET /v1/openapi.json HTTP/1.1\r\nHost: d\r\n\r\n"
    followed = b"GET /v1/events?follow=true&after=99999999 HTTP/1.1\r\nHost: d\r\n\r\n"
    for number in range(count):
        for data, way in ((b"", None), (asked, None), (asked * 20, None), (followed, socket.SHUT_WR),
                          (followed, socket.SHUT_RD), (asked[:9], socket.SHUT_WR)):
            with another_user():
                hostile = opened(trial.target)
            try:
                hostile.sendall(data)
                if way is not None:
                    hostile.shutdown(way)
            except OSError:
                pass
            hostile.close()
    deadline = time.monotonic() + DEADLINE + trial.slack
    # Whoever is answered now came after all of them.
    trial.target.ask("GET", "/v1/health")
    # Some that came before may end meanwhile, and the witness comes and goes.
    while (held := held_by(trial.target)) > before + 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    trial.tally.check(f"of {6 * count:,} connections that went nothing is held", held <= before + 4, (before, held))


def spreadsheets(trial):
    """Large uploads, all at once, of somebody who may import: what is received at once has a bound."""
    count, size = (6, 16 << 20) if trial.options.short else (16, 31 << 20)
    head = f"POST /v1/jobs/import HTTP/1.1\r\nHost: d\r\nContent-Length: {size + 100}\r\n\r\n".encode()
    lines, told = [], []
    for _ in range(count):
        hostile = opened(trial.target)
        hostile.sendall(head)
        lines.append(hostile)
    for hostile in lines:
        try:
            hostile.sendall(b'{"clientsCsv":"' + b"x" * size)
        except OSError:
            pass
    # The answers of those that are not received come whatever the others do.
    deadline, open_lines = time.monotonic() + DEADLINE + trial.slack, list(lines)
    while len(told) < count - 2 and time.monotonic() < deadline:
        for hostile in select.select(open_lines, [], [], 0.2)[0]:
            open_lines.remove(hostile)
            said = responses(hostile.recv(65_536))
            told.append(said[0][0] if said else None)
    for hostile in lines:
        ended_by(hostile)
    trial.tally.check(f"of {count} spreadsheets of {size >> 20} MiB, {count - len(told)} are received, and the others told {told}",
                      told == [429] * (count - 2), told)


def news(trial):
    """Events for followers who never read; gives back the followers, and the time from the first of them to the last event."""
    each, count = (20, 400) if trial.options.short else (100, 2_000)
    trial.effects()
    began = time.monotonic()
    followers = Standing(trial.target, [("never reading what happens", b"GET /v1/events?follow=true&after=%d HTTP/1.1\r\n"
                                         b"Host: d\r\n\r\n" % trial.seen, b"", False)], each)
    followers.start()
    connection = kit.Connection(trial.target.socket)
    statuses = [connection.do("AddRoom", {"location": trial.target.location, "name": f"News {number}"})[0]
                for number in range(count)]
    connection.close()
    trial.tally.check(f"{count} commands are taken while {each} follow and never read", statuses == [201] * count,
                      {status: statuses.count(status) for status in statuses})
    trial.tally.check("and each has its effect", trial.effects() == ["RoomAdded"] * count)
    return followers, time.monotonic() - began
