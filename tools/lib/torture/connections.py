"""Connections of those who want to harm: what they say, how long they live, and what is answered."""
import select
import socket
import threading
import time

# As the daemon has it (EdgeLimits): from a request's first byte to its last, and for a piece of an answer to be taken.
DEADLINE = 15


def opened(target, timeout=40):
    hostile = socket.socket(socket.AF_UNIX)
    # Without a timeout: where the queue is full, the kernel then waits for room instead of giving up.
    hostile.connect(target.socket)
    hostile.settimeout(timeout)
    return hostile


def answer(hostile, within, most=8 << 20):
    """All that comes until the other side ends, and whether it did."""
    data, deadline = b"", time.monotonic() + within
    try:
        while len(data) < most:
            hostile.settimeout(max(0.01, deadline - time.monotonic()))
            piece = hostile.recv(1 << 16)
            if not piece:
                return data, True
            data += piece
    except ConnectionError:
        return data, True
    except TimeoutError:
        return data, False
    return data, False


def spoken(target, data, within, end=False, most=8 << 20):
    """What is answered to these bytes: (all that came, ended). Both ways at once, so that nobody waits for the other."""
    hostile = opened(target)
    raw = data if isinstance(data, bytes) else data.encode()

    def send():
        try:
            hostile.sendall(raw)
            if end:
                hostile.shutdown(socket.SHUT_WR)
        except OSError:
            pass
    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    try:
        return answer(hostile, within, most)
    finally:
        ended_by(hostile)
        sender.join(5)


def ended_by(hostile):
    try:
        hostile.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    hostile.close()


def responses(data):
    """(status, content type, body) of each answer in these bytes."""
    found = []
    while data.startswith(b"HTTP/1."):
        head, _, rest = data.partition(b"\r\n\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (
            line.partition(b":") for line in head.split(b"\r\n")[1:])}
        size = int(fields.get(b"content-length", len(rest)))
        found.append((int(head.split()[1]), fields.get(b"content-type", b"").decode(), rest[:size]))
        data = rest[size:]
    return found


# --- Those that stay ---------------------------------------------------------------------------------------------------

class Standing(threading.Thread):
    """Connections that stay until they are ended: each trickles, or does nothing, and is told of how long it lived."""

    def __init__(self, target, kinds, each):
        super().__init__(daemon=True)
        self.began = time.monotonic()
        self.lived, self.said, self.open = {}, {}, []
        self.over = threading.Event()
        for name, first, trickle, reads in kinds:
            for _ in range(each):
                hostile = opened(target)
                self.open.append([name, hostile, trickle, reads, time.monotonic(), hostile.fileno()])
                try:
                    hostile.settimeout(2)
                    hostile.sendall(first)
                except OSError:
                    pass
                hostile.setblocking(False)

    def run(self):
        poll = select.poll()
        known = {}
        for entry in self.open:
            # One that never reads learns of its end by the hang-up alone, which comes whatever is unread.
            poll.register(entry[5], select.POLLIN if entry[3] else 0)
            known[entry[5]] = entry
        next_byte = time.monotonic() + 1
        while known and not self.over.is_set():
            for number, event in poll.poll(100):
                entry = known[number]
                ended = event & (select.POLLHUP | select.POLLERR)
                if event & select.POLLIN and entry[3]:
                    try:
                        piece = entry[1].recv(1 << 16)
                        self.said.setdefault(entry[0], set()).update(
                            [piece[9:12].decode("latin1")] if piece.startswith(b"HTTP/1.1 ") else [])
                        ended = not piece
                    except OSError:
                        ended = True
                if ended:
                    self.lived.setdefault(entry[0], []).append(time.monotonic() - entry[4])
                    poll.unregister(number)
                    entry[1].close()
                    del known[number]
            if time.monotonic() >= next_byte:
                next_byte += 1
                for entry in known.values():
                    if entry[2]:
                        try:
                            entry[1].send(entry[2])
                        except OSError:
                            pass
        for entry in known.values():
            self.lived.setdefault(entry[0], []).append(None)
            entry[1].close()


def standing_kinds():
    """Name, what is said at once, what each second, and whether it reads."""
    head = b"POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\n"
    right = b"GET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n"
    big = b"GET /v1/openapi.json HTTP/1.1\r\nHost: d\r\n\r\n"
    return [
        ("silence", b"", b"", True),
        ("a head, a byte a second", b"GET /", b"a", True),
        ("fields, one a second", b"GET /v1/health HTTP/1.1\r\nHost: d\r\n", b"X: 1\r\n", True),
        ("line ends, one a second", b"\r\n", b"\r\n", True),
        ("a second request that does not end", right + b"GET /v1/he", b"a", True),
        ("silence after a request", right, b"", True),
        ("a body, a byte a second", head + b"Content-Length: 10000\r\n\r\n{", b" ", True),
        ("chunks, one a second", head + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", b"1\r\n \r\n", True),
        ("a body to nowhere, a byte a second", b"POST /v1/x HTTP/1.1\r\nHost: d\r\nContent-Length: 9999\r\n\r\n{", b" ", True),
        ("a question's body that does not come", b"GET /v1/health HTTP/1.1\r\nHost: d\r\nContent-Length: 9999\r\n\r\n", b"", True),
        ("waiting to be told to go on", head + b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n", b"", True),
        ("half a head, and no more", b"GET /v1/health HTTP/1.1\r\nHost", b"", True),
        ("never reading 4 MB of events", b"GET /v1/events HTTP/1.1\r\nHost: d\r\n\r\n", b"", False),
        ("never reading a live stream", b"GET /v1/events?follow=true HTTP/1.1\r\nHost: d\r\n\r\n", b"", False),
        ("never reading 100 answers", big * 100, b"", False),
        ("never reading, and asking on", big * 20, big, False),
    ]


def upload_kind():
    """A spreadsheet may take its time, which is more."""
    return [("a spreadsheet, a byte a second",
             b"POST /v1/jobs/import HTTP/1.1\r\nHost: d\r\nContent-Length: 10000\r\n\r\n{", b" ", True)]
