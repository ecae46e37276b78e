"""Many clients in one thread, each on a connection of its own: what was asked, what was answered, and when.

A client is a generator: it yields requests made by `command` or `get` and is sent an Answer for each. One thread serves
all of them, so that hundreds are under way at once and yet each time is taken right at the system call: `invoked` before
the request is handed over, `replied` after its last byte was read. Whatever the daemon did, it did between the two.
"""
import json
import selectors
import socket
import time


class Answer:
    __slots__ = ("status", "reply", "invoked", "replied")

    def __init__(self, status, reply, invoked, replied):
        self.status, self.reply, self.invoked, self.replied = status, reply, invoked, replied

    @property
    def is_lost(self):
        """None came: the outcome is unknown."""
        return self.status is None


def command(name, body, key):
    data = json.dumps(body).encode()
    return (f"POST /v1/commands/{name} HTTP/1.1\r\nHost: daybook\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {key}\r\nContent-Length: {len(data)}\r\n\r\n").encode() + data


def get(target):
    return f"GET {target} HTTP/1.1\r\nHost: daybook\r\n\r\n".encode()


def whole_response(buffer):
    """(status, body, bytes used) of the response at the buffer's beginning, None while it is incomplete."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[:end]).lower().split(b"\r\n")
    status = int(head[0].split()[1])
    fields = dict(line.split(b": ", 1) for line in head[1:] if b": " in line)
    at = end + 4
    if b"content-length" in fields:
        length = int(fields[b"content-length"])
        return (status, bytes(buffer[at:at + length]), at + length) if len(buffer) >= at + length else None
    if fields.get(b"transfer-encoding") != b"chunked":
        return status, b"", at
    body = b""
    while True:
        line = buffer.find(b"\r\n", at)
        if line < 0:
            return None
        length = int(bytes(buffer[at:line]), 16)
        if len(buffer) < line + 4 + length:
            return None
        body += bytes(buffer[line + 2:line + 2 + length])
        at = line + 4 + length
        if length == 0:
            return status, body, at


class _Line:
    """One client and its connection."""

    def __init__(self, client):
        self.client, self.socket, self.buffer, self.invoked = client, None, bytearray(), 0.0


class Swarm:
    def __init__(self, path, stall=60):
        self.path, self.stall = path, stall
        self.selector = selectors.DefaultSelector()

    def run(self, clients, watch=None, patience=0.02):
        """Until every client has ended. `watch` is called at every turn, at least every `patience` seconds.

        An answer that does not come within `stall` seconds is a hang, and ends it all with a TimeoutError.
        """
        for line in [_Line(client) for client in clients]:
            self._next(line, None)
        heard = time.monotonic()
        while self.selector.get_map():
            if watch:
                watch()
            ready = self.selector.select(patience)
            now = time.monotonic()
            if ready:
                heard = now
            elif now - heard > self.stall:
                count = len(self.selector.get_map())
                self._close_all()
                raise TimeoutError(f"{count} requests have had no answer for {self.stall} s")
            for key, _ in ready:
                self._read(key.data)

    def _next(self, line, answer):
        """Gives the client its answer and sends what it asks next; at once again where that cannot be sent."""
        while True:
            try:
                request = line.client.send(answer)
            except StopIteration:
                return self._close(line)
            line.invoked = time.monotonic()
            if self._send(line, request):
                return None
            answer = Answer(None, None, line.invoked, time.monotonic())

    def _send(self, line, request):
        try:
            if line.socket is None:
                line.socket = socket.socket(socket.AF_UNIX)
                line.socket.settimeout(10)
                line.socket.connect(self.path)
                self.selector.register(line.socket, selectors.EVENT_READ, line)
            line.socket.settimeout(10)
            line.socket.sendall(request)
            line.socket.setblocking(False)
            return True
        except OSError:
            self._close(line)
            return False

    def _read(self, line):
        try:
            received = line.socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        replied = time.monotonic()
        line.buffer += received
        whole = whole_response(line.buffer) if received else None
        if whole:
            status, body, used = whole
            del line.buffer[:used]
            try:
                reply = json.loads(body)
            except ValueError:
                reply = body
            self._next(line, Answer(status, reply, line.invoked, replied))
        elif not received:
            self._close(line)
            self._next(line, Answer(None, None, line.invoked, replied))

    def _close(self, line):
        if line.socket is not None:
            try:
                self.selector.unregister(line.socket)
            except KeyError:
                pass
            line.socket.close()
        line.socket, line.buffer = None, bytearray()

    def _close_all(self):
        for key in list(self.selector.get_map().values()):
            self._close(key.data)
