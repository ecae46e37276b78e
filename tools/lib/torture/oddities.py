"""What is legal, or nearly, and that nobody does to whom no harm is meant: odd methods, lengths, ends, and things sent along."""
import os
import socket
import time

import kit
from connections import DEADLINE, ended_by, opened, responses, spoken
from masses import held_by
from served import ticks

HEALTH = b"GET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n"


def methods(trial):
    """None is answered as if it were another, and a HEAD is answered without a body."""
    tried = 0
    for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST"):
        for path in ("/v1/health", "/v1/queries/WhoAmI", "/v1/commands/AddLocation", "/v1/events", "/v1/jobs/1", "/v1/log/key"):
            if method == "POST" and path.startswith(("/v1/queries", "/v1/commands")) or (method, path) == ("DELETE", "/v1/jobs/1"):
                continue
            came, ended = spoken(trial.target, f"{method} {path} HTTP/1.1\r\nHost: d\r\n\r\n".encode() + HEALTH,
                                 DEADLINE + trial.slack, end=True)
            status, rest = came[9:12], came.partition(b"\r\n\r\n")[2]
            if method != "HEAD":
                rest = rest[len(responses(came)[0][2]):] if responses(came) else rest
            trial.tally.check(f"{method} {path} is refused, and what comes behind it answered", ended
                              and status in (b"404", b"405") and rest.startswith(b"HTTP/1.1 200 "), came[:300], quiet=True)
            tried += 1
    kit.say(f"     {tried} methods at addresses")


def lengths(trial):
    """What is announced, or comes, and is too much is refused by its beginning."""
    host, tried, longest = "HTTP/1.1\r\nHost: d\r\n", 0, 0
    gib = "Content-Length: 1073741824\r\n\r\n"
    chunked = f"POST /v1/queries/WhoAmI {host}Transfer-Encoding: chunked\r\n\r\n"
    for name, data in [
        *((f"1 GiB to {path}", f"POST {path} {host}{gib}") for path in (
            "/v1/commands/AddLocation", "/v1/queries/WhoAmI", "/v1/jobs/import", "/v1/jobs/verify", "/v1/health", "/x")),
        ("1 GiB, waiting to be told to go on", f"POST /v1/jobs/import {host}Expect: 100-continue\r\n{gib}"),
        ("1 GiB with a question", f"GET /v1/queries/WhoAmI {host}{gib}"),
        ("8 MiB in one chunk", chunked + "800000\r\n" + "x" * (8 << 20) + "\r\n0\r\n\r\n"),
        ("a chunk extension of 16 MiB", chunked + "2;" + "x" * (16 << 20) + "\r\n{}\r\n0\r\n\r\n"),
        ("1 KiB of extension at each of 5,000 chunks", chunked + ("1;" + "x" * 1_024 + "\r\n \r\n") * 5_000 + "0\r\n\r\n"),
        ("a chunk's size of a million zeros", chunked + "0" * 1_000_000 + "2\r\n{}\r\n0\r\n\r\n"),
        ("200,000 chunks of a blank", chunked + "1\r\n \r\n" * 200_000 + "2\r\n{}\r\n0\r\n\r\n"),
    ]:
        began = time.monotonic()
        came, ended = spoken(trial.target, data, DEADLINE + trial.slack)
        longest = max(longest, time.monotonic() - began)
        trial.refused(name, came, ended)
        trial.tally.check(f"{name} is too much, and ends the connection", ended
                          and [s for s, _, _ in responses(came)] == [413], (ended, came[:200]), quiet=True)
        tried += 1
    trial.tally.check(f"{tried} that were too much are ended after {longest:.1f} s at most",
                      trial.options.short or longest < trial.slack)


def endings(trial):
    """Who says that it is the last is answered, and the connection ends; whatever comes behind it is not heard."""
    for name, head in [("Connection: close", "HTTP/1.1\r\nHost: d\r\nConnection: close"),
                       ("in other case", "HTTP/1.1\r\nHost: d\r\nConnection: CLOSE"),
                       ("among others", "HTTP/1.1\r\nHost: d\r\nConnection: x, close"),
                       ("HTTP/1.0", "HTTP/1.0")]:
        began = time.monotonic()
        came, ended = spoken(trial.target, f"GET /v1/health {head}\r\n\r\n".encode() + HEALTH * 3, DEADLINE + trial.slack)
        took = time.monotonic() - began
        trial.tally.check(f"the last, {name}: answered once, ended after {took:.1f} s", ended and (
            trial.options.short or took < trial.slack) and [s for s, _, _ in responses(came)] == [200], (ended, came[:200]))


def used(target):
    """Seconds of processor that the daemon has used."""
    return ticks(f"/proc/{target.pid}/stat") / os.sysconf("SC_CLK_TCK")


def sent_along(trial):
    """Descriptors, which the daemon must not take, and bytes out of band, which must not keep it busy."""
    before, answered, lines = held_by(trial.target), 0, []
    with open("/dev/null") as null:
        for _ in range(16):
            hostile = opened(trial.target)
            for byte in HEALTH:
                socket.send_fds(hostile, [bytes([byte])], [null.fileno()] * 100)
            hostile.settimeout(DEADLINE + trial.slack)
            answered += hostile.recv(65_536).startswith(b"HTTP/1.1 200 ")
            lines.append(hostile)
    trial.tally.check(f"of {16 * 100 * len(HEALTH):,} descriptors sent along none is taken, and {answered} of 16 are answered",
                      answered == 16 and held_by(trial.target) <= before + 16 + 4, (before, held_by(trial.target)))
    for hostile in lines:
        ended_by(hostile)
    lines = []
    for begin in (b"", b"GET /v1/he", b"GET /v1/events?follow=true&after=99999999 HTTP/1.1\r\nHost: d\r\n\r\n"):
        for _ in range(4):
            hostile = opened(trial.target)
            hostile.sendall(begin)
            try:
                hostile.send(b"a", socket.MSG_OOB)
                hostile.send(b"b", socket.MSG_OOB)
            except OSError:
                kit.say("     bytes out of band were not tried: this kernel has none for such sockets")
            lines.append(hostile)
    time.sleep(0.2)
    began, at = time.monotonic(), used(trial.target)
    time.sleep(1)
    busy = (used(trial.target) - at) / (time.monotonic() - began)
    trial.tally.check(f"bytes out of band keep the daemon busy for {busy:.0%} of a processor", trial.options.short or busy < 0.8)
    for hostile in lines:
        ended_by(hostile)


def trailers(trial):
    """Fields behind a body are not taken for fields before it."""
    key = "Idempotency-Key: 6f9619ff-8b86-4011-b42d-00c04fc964ff\r\n"
    came, _ = spoken(trial.target, "POST /v1/queries/WhoAmI HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n"
                     f"2\r\n{{}}\r\n0\r\nX: 1\r\n{key}Origin: http://x\r\nAuthorization: Bearer x\r\n\r\n", DEADLINE + trial.slack, end=True)
    statuses = [status for status, _, _ in responses(came)]
    trial.tally.check("fields behind a body are passed over or refused", statuses in ([200], [400]), (statuses, came[:200]))
