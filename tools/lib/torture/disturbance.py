"""What goes on beside the bookings: readers that stall, rebuilds, questions about former times; and what is seen of it."""
import os
import select
import socket
import threading
import time


class Worker(threading.Thread):
    def __init__(self, step, pause=0.0):
        super().__init__(daemon=True)
        self.step, self.pause, self.over, self.failure, self.steps = step, pause, threading.Event(), None, 0
        self.start()

    def run(self):
        while not self.over.is_set():
            try:
                self.step()
                self.steps += 1
            except Exception as error:  # It is told when the worker ends.
                self.failure = self.failure or repr(error)
                self.over.wait(0.2)
            self.over.wait(self.pause)

    def end(self, timeout=900):
        self.over.set()
        self.join(timeout)
        return not self.is_alive()


class Stalled:
    """Followers and askers that do not read. Those that the daemon has ended are replaced."""

    ASKED = [b"GET /v1/events?follow=true HTTP/1.1\r\nHost: d\r\n\r\n", b"GET /v1/events HTTP/1.1\r\nHost: d\r\n\r\n",
             b"GET /v1/queries/AuditTrail?limit=1000 HTTP/1.1\r\nHost: d\r\n\r\n" * 20]

    def __init__(self, path, each):
        self.path, self.held, self.replaced = path, [None] * (each * len(self.ASKED)), 0

    def step(self):
        for index, held in enumerate(self.held):
            if held is not None:
                look = select.poll()
                look.register(held, 0)
                if not look.poll(0):
                    continue
                held.close()
                self.replaced += 1
            new = socket.socket(socket.AF_UNIX)
            new.settimeout(5)
            new.connect(self.path)
            new.sendall(self.ASKED[index % len(self.ASKED)])
            self.held[index] = new

    def close(self):
        for held in self.held:
            if held is not None:
                held.close()


class Disturbance:
    def __init__(self, clinic, options):
        self.clinic, self.random = clinic, options.random
        self.rebuilds, self.as_of_max, self.as_of_bytes, self.memory, self.maps = [], 0, 0, 0.0, []
        self.stalled = Stalled(clinic.daemon.socket, 4 if options.short else 16)
        self.workers = {
            "stalled readers": Worker(self.stalled.step, 0.5), "watch": Worker(self.watch, 0.1),
            # In the short form there is more to do than these.
            "rebuilds": Worker(self.rebuild, 1 if options.short else 0.2),
            "former times": Worker(self.former, 0.5 if options.short else 0.2)}

    def rebuild(self):
        began = time.monotonic()
        job = self.clinic.daemon.job("rebuild", timeout=900)
        self.rebuilds.append((began, time.monotonic()))
        if job["state"] != "done":
            raise RuntimeError(f"rebuild: {job}")

    def former(self):
        """A read model as it was at a minute that hardly anybody asked for before."""
        minutes = self.random.randrange(2 * 1_440, (self.clinic.weeks - 1) * 7 * 1_440)
        when = time.strftime("%Y-%m-%dT%H:%M", time.gmtime(time.time() - minutes * 60))
        question = self.random.choice(["ListStaff?", "Agenda?staff=1&", "AuditTrail?limit=1&",
                                       f"ClientHistory?client={self.clinic.someone}&"])
        deadline = time.monotonic() + 120
        while True:
            status, answer = self.clinic.daemon.ask("GET", f"/v1/queries/{question}asOf={when}", timeout=60)
            # The client may not have been on file yet.
            if status in (200, 404):
                return
            if status != 503 or time.monotonic() > deadline:
                raise RuntimeError(f"{question} as of {when}: {status} {answer}")
            time.sleep(0.05)

    def watch(self):
        folders = held = 0
        for root, _, names in os.walk(self.clinic.daemon.data + "/as-of"):
            folders += "data.mdb" in names
            for name in names:
                try:
                    held += os.lstat(os.path.join(root, name)).st_blocks * 512
                except OSError:
                    pass
        self.as_of_max, self.as_of_bytes = max(self.as_of_max, folders), max(self.as_of_bytes, held)
        self.memory = max(self.memory, self.clinic.daemon.memory_mib())
        size = self.clinic.metric("daybook_log_map_bytes")
        if not self.maps or self.maps[-1] != size:
            self.maps.append(size)

    def end(self, tally):
        for name, worker in self.workers.items():
            tally.check(f"{name}: {worker.steps} rounds, and none failed", worker.end() and not worker.failure
                        and worker.steps, worker.failure)
        self.stalled.close()
