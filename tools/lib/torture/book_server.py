"""A book of appointments behind the same few routes of the API, for the control of `race`: no daemon, nothing durable.

usage: book_server.py SOCKET ROOMS [--careless]    ROOMS is a comma-separated list of ids

Without --careless a request is decided and appended under one lock, and the history it gives must be found sound. With it
the writer looks for conflicts first and appends later, and nobody holds the lock between the two: what it looked at may be
gone. That is the fault which the checkers are there for.
"""
import http.server
import json
import socketserver
import sys
import threading
import time
import urllib.parse
import uuid

from book import Book
from wire import TYPES, start_of, wish_of


class Writer:
    def __init__(self, rooms, is_careless):
        self.book, self.events, self.lock, self.is_careless = Book(rooms), [], threading.Lock(), is_careless

    def look(self, wish):
        with self.lock:
            return self.book.answer(wish)

    def append(self, key, wish, said):
        position = len(self.events)
        founded = position if said[1] is None else said[1]
        entry = said[2]
        high, low = divmod(uuid.UUID(key).int, 1 << 64)
        self.events.append(json.dumps({
            "position": position, "type": next(name for name, kind in TYPES.items() if kind == wish.kind),
            "header": {"count": 1, "commandIdHigh": high, "commandIdLow": low},
            "event": {"appointment": founded, "client": entry.client, "arrangement": {
                "staff": entry.staff, "room": entry.room,
                "time": {"startAt": entry.start * 60_000, "endAt": entry.end * 60_000}}}}))
        self.book.put(founded, entry, position)
        return {"position": position, "id": founded, "room": entry.room, "start": start_of(entry.start),
                "end": start_of(entry.end)}

    def do(self, name, key, body):
        wish = wish_of(name, body)
        if self.is_careless:
            said = self.look(wish)
            time.sleep(0.0002)
            with self.lock:
                return self.reply(key, wish, said)
        with self.lock:
            return self.reply(key, wish, self.book.answer(wish))

    def reply(self, key, wish, said):
        if said[0] == "done":
            return 201, self.append(key, wish, said)
        _, rule, conflicts, classes = said
        if rule == "changed":
            return 412, {"type": "urn:daybook:problem:changed", "changed": conflicts[0]}
        if rule == "unchanged":
            return 409, {"type": "urn:daybook:problem:unchanged"}
        return 409, {"rule": rule, "conflicts": conflicts, "classes": classes}

    def show(self, number):
        with self.lock:
            entry = self.book.entries[number]
        return 200, {"row": {
            "id": number, "client": entry.client, "staff": entry.staff, "room": entry.room, "changed": entry.changed,
            "status": "cancelled" if entry.is_cancelled else "booked", "start": start_of(entry.start),
            "end": start_of(entry.end)}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(*self.server.writer.do(self.path.rsplit("/", 1)[1], self.headers["Idempotency-Key"], body))

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/v1/events":
            return self.answer(200, "\n".join(self.server.writer.events), is_text=True)
        if url.path == "/v1/queries/ShowAppointment":
            number = int(urllib.parse.parse_qs(url.query)["appointment"][0])
            return self.answer(*self.server.writer.show(number))
        return self.answer(200, {"status": "ok"})

    def answer(self, status, reply, is_text=False):
        data = (reply if is_text else json.dumps(reply)).encode()
        self.wfile.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)

    def address_string(self):
        return ""

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 1024


if __name__ == "__main__":
    with Server(sys.argv[1], Handler) as server:
        server.writer = Writer([int(room) for room in sys.argv[2].split(",")], "--careless" in sys.argv)
        server.serve_forever()
