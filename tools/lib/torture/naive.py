"""A server as one writes it in an afternoon, which `hostile` must find fault with. Run by itself, it is that server:
`naive.py SOCKET many|one`, a thread for each connection, or one for all."""
import json
import os
import socket
import subprocess
import sys
import threading
import time

import kit


def naive(path, workers):
    """No limits, no deadlines, JSON as Python reads it, and one thread a connection, or a single one for all."""
    log, listener = [{"position": 0, "type": "PracticeInitialised"}], socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o666)
    listener.listen(1_024)

    def reply(connection, status, body):
        raw = json.dumps(body).encode()
        connection.sendall(b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                           % (status, len(raw)) + raw)

    def serve(connection):
        file = connection.makefile("rb")
        try:
            while line := file.readline():
                size, last = 0, False
                while (field := file.readline()) not in (b"\r\n", b"\n", b""):
                    if field.lower().startswith(b"content-length:"):
                        size = int(field.split(b":")[1])
                    last = last or field.lower().startswith(b"connection: close")
                body = file.read(size)
                if line.startswith(b"POST /v1/commands/"):
                    try:
                        json.loads(body)
                    except (ValueError, RecursionError):
                        reply(connection, 400, {"error": "bad"})
                        return
                    log.append({"position": len(log), "type": "LocationAdded"})
                    reply(connection, 201, {"id": len(log)})
                elif line.startswith(b"GET /v1/events"):
                    after = int(line.split(b"after=")[1].split()[0].split(b"&")[0]) if b"after=" in line else -1
                    raw = b"".join(json.dumps(event).encode() + b"\n" for event in log[after + 1:])
                    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n" % len(raw) + raw)
                else:
                    reply(connection, 200, {"text": "x" * 1_000})
                if last:
                    return
        except (OSError, ValueError, IndexError):
            pass
        finally:
            connection.close()
    while True:
        connection = listener.accept()[0]
        if workers == "one":
            serve(connection)
        else:
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


class Naive:
    location, staff = 1, 2

    def __init__(self, folder, workers):
        self.socket = f"{folder}/{workers}.sock"
        os.chmod(folder, 0o711)
        self.process = subprocess.Popen([sys.executable, os.path.abspath(__file__), self.socket, workers])
        self.pid = self.process.pid
        deadline = time.monotonic() + 10
        while not os.path.exists(self.socket) and time.monotonic() < deadline:
            time.sleep(0.02)

    def ask(self, method, target):
        connection = kit.Connection(self.socket, 5)
        try:
            return connection.ask(method, target)
        finally:
            connection.close()

    def events(self, after):
        status, text = self.ask("GET", "/v1/events" if after is None else f"/v1/events?after={after}")
        return [text] if isinstance(text, dict) else [json.loads(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    naive(*sys.argv[1:])
