"""A well-behaved client beside hostile ones, and what it sees. Run by itself, it is that client: `witness.py SOCKET`."""
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time

import kit

STRANGER = 65534


class Patient(kit.Connection):
    """Waits for room in the queue of connections: with a timeout the kernel does not wait at all."""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)
        self.sock.settimeout(self.timeout)


def waited(task):
    """Seconds that a thread was ready to run and this machine did not let it."""
    with open(f"/proc/{task}/schedstat") as file:
        return int(file.read().split()[1]) / 1e9


def witness(path):
    """Asks every 10 ms until its standard input ends, and prints when, how long it took, what came, and how long it was
    kept from running meanwhile: a process of its own, so that nothing that the harness does keeps it waiting."""
    number = 0
    kept = Patient(path)
    while not select.select([sys.stdin], [], [], 0)[0]:
        number += 1
        # Every other request is on a new connection.
        connection = kept if number % 2 else Patient(path)
        target = ("/v1/health", "/v1/log/key", "/v1/log/checkpoint")[number % 3]
        before, began, status = waited("self"), time.monotonic(), 0
        try:
            status, _ = connection.ask("GET", target)
        except kit.LOST as error:
            status = repr(error)
        took = time.monotonic() - began
        if connection is not kept:
            connection.close()
        print(json.dumps([began, took, status, waited("self") - before]), flush=True)
        time.sleep(max(0, 0.01 - took))


class Witness:
    def __init__(self, target, folder):
        self.out = open(folder + "/witness", "w+")
        command = [sys.executable, os.path.abspath(__file__), target.socket]
        if os.getuid() == 0:
            command = ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups", *command]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=self.out)

    def end(self):
        """What it saw: (when, seconds, status, seconds of them that it was kept from running)."""
        self.process.stdin.close()
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.out.seek(0)
        return [json.loads(line) for line in self.out if line.endswith("\n")]


class Watch(threading.Thread):
    """How much memory and how many descriptors the daemon has, at most, and how long its threads were kept from running
    by whatever else this machine does."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.over = pid, threading.Event()
        self.base = self.peak = self.memory()
        self.descriptors = 0
        # (when, seconds by thread since it began)
        self.delays = []

    def memory(self):
        return kit.memory_mib(self.pid)

    def run(self):
        while not self.over.wait(0.02):
            try:
                self.delays.append((time.monotonic(), {
                    task: waited(f"{self.pid}/task/{task}") for task in os.listdir(f"/proc/{self.pid}/task")}))
                self.peak = max(self.peak, self.memory())
                self.descriptors = max(self.descriptors, len(os.listdir(f"/proc/{self.pid}/fd")))
            except (OSError, StopIteration):
                # A thread may end between two looks; the process does only when it is told to.
                if not os.path.exists(f"/proc/{self.pid}/status"):
                    return

    def kept(self, began, ended):
        """Of this time, the seconds that one thread of the daemon was kept from running at most."""
        before = next((one for when, one in reversed(self.delays) if when <= began), {})
        after = next((one for when, one in self.delays if when >= ended), {})
        return max((after[task] - before.get(task, 0) for task in after if task in before), default=0)


if __name__ == "__main__":
    witness(sys.argv[1])
