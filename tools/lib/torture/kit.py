"""What every harness needs: arguments, a daemon on a fresh clinic, its API over the Unix socket, and a tally.

    options = kit.options("what is tried")           # .bin .short .control .seed .random (seeded by it); prints the seed
    tally = kit.Tally()
    with kit.workspace("kill") as folder:            # a temporary folder; ends every daemon that was started, removes all
        daemon = kit.Daemon(options.bin, folder)     # data in folder/data, keys in folder/data.keys, stderr in folder/daemon.log
        daemon.start()                               # returns when /v1/health answers
        clinic = kit.found(daemon, therapists=3, rooms=2, clients=8)
        status, reply = daemon.do("BookAppointment", clinic.booking(0, 0, kit.day(20) + "T14:00"), kit.key(options.random))
        tally.check("a booking is accepted", status == 201, reply)
        daemon.kill()
    tally.finish()                                   # prints the sums and exits: 0 when every check held
    tally.finish(caught=True)                        # of a control: 0 when at least one check failed
"""
import argparse
import contextlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid

LOST = (OSError, http.client.HTTPException)
"""What a request raises whose answer did not come: its outcome is unknown."""


def options(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bin", required=True, help="the folder with daybookd and daybook")
    parser.add_argument("--short", action="store_true", help="the form that tools/test runs")
    parser.add_argument("--control", action="store_true", help="a broken variant: 0 when it was caught")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    chosen = parser.parse_args()
    chosen.bin = os.path.abspath(chosen.bin)
    chosen.random = random.Random(chosen.seed)
    # A harness that is told to end removes what it made, as on an interrupt.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    say(f"seed {chosen.seed}{', short' if chosen.short else ''}{', control' if chosen.control else ''}")
    return chosen


def say(text):
    print(text, flush=True)


def day(ahead):
    """The date so many days from now, as the API writes it."""
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + ahead * 86400))


def key(source=random):
    """A new idempotency key, from the seeded source when one is given."""
    return str(uuid.UUID(int=source.getrandbits(128), version=4))


class Tally:
    def __init__(self, limit=20):
        self.held, self.broken, self.limit = 0, 0, limit
        self.began = time.monotonic()

    def check(self, name, holds, detail="", quiet=False):
        """Counts and prints one check and gives back whether it held; a quiet one is printed only when broken."""
        if holds:
            self.held += 1
            if not quiet:
                say(f"ok   {name}")
        else:
            self.broken += 1
            if self.broken <= self.limit:
                say(f"FAIL {name} {str(detail)[:2000]}")
        return bool(holds)

    def finish(self, caught=None):
        say(f"{self.held} held, {self.broken} broken, in {time.monotonic() - self.began:.1f} s")
        if caught is None:
            sys.exit(1 if self.broken else 0)
        say("the broken variant was caught" if self.broken else "the broken variant was NOT caught")
        sys.exit(0 if self.broken else 1)


class Connection(http.client.HTTPConnection):
    """One kept-alive connection; connects again by itself after an answer was lost."""

    def __init__(self, path, timeout=30):
        super().__init__("daybook", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)

    def ask(self, method, target, body=None, headers=None):
        """(status, decoded JSON, or bytes where it is none). Raises one of LOST when no answer came."""
        data = body if isinstance(body, (bytes, str, type(None))) else json.dumps(body)
        try:
            self.request(method, target, data, headers or {})
            response = self.getresponse()
            text = response.read()
        except LOST:
            self.close()
            raise
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text

    def asked(self, method, target, body=None, headers=None, timeout=60):
        """As `ask`, and again, as clients do, for as long as the daemon says how far it has come with what the answer needs."""
        deadline = time.monotonic() + timeout
        while True:
            status, reply = self.ask(method, target, body, headers)
            is_coming = status == 503 and isinstance(reply, dict) and "progressPermille" in reply
            if not is_coming or time.monotonic() > deadline:
                return status, reply
            time.sleep(0.02)

    def do(self, name, body, key=None):
        return self.ask("POST", "/v1/commands/" + name, body, {"Idempotency-Key": key} if key else {})


_daemons = []


class Daemon:
    def __init__(self, bin, folder):
        self.bin, self.folder = bin, folder
        self.data, self.keys = folder + "/data", folder + "/data.keys"
        self.socket, self.log = self.data + "/daybook.sock", folder + "/daemon.log"
        self.process, self.last_start = None, None
        os.makedirs(self.data, exist_ok=True)
        _daemons.append(self)

    def launch(self, env=None, before=None):
        """Starts the process and waits for nothing; `env` is added to the environment, `before` put before the command."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*(before or []), self.bin + "/daybookd", "--data", self.data], stderr=log, stdout=subprocess.DEVNULL,
                env={**os.environ, **(env or {})}, start_new_session=True)
        return self

    def wait(self, timeout=60):
        """Until /v1/health answers; a RuntimeError with the end of its log when the daemon ends first or never answers."""
        began = time.monotonic()
        while True:
            try:
                self.ask("GET", "/v1/health", timeout=10)
                self.last_start = time.monotonic() - began
                return self
            except LOST:
                if time.monotonic() > began + timeout or self.process.poll() is not None:
                    raise RuntimeError("the daemon did not start: " + self.told()) from None
                time.sleep(0.005)

    def start(self, env=None, before=None, timeout=60):
        return self.launch(env, before).wait(timeout)

    def told(self, last=2000):
        """The end of what the daemon wrote to its standard error."""
        with open(self.log, errors="replace") as log:
            return log.read()[-last:]

    def kill(self):
        """kill -9, of it and of what it started, and waits for the end."""
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)

    def stop(self, how=signal.SIGTERM, timeout=30):
        """Its exit code; subprocess.TimeoutExpired when it does not end."""
        self.process.send_signal(how)
        return self.process.wait(timeout=timeout)

    def connection(self, timeout=30):
        return Connection(self.socket, timeout)

    def ask(self, method, target, body=None, headers=None, timeout=30):
        connection = self.connection(timeout)
        try:
            return connection.ask(method, target, body, headers)
        finally:
            connection.close()

    def asked(self, method, target, body=None, headers=None, timeout=60):
        """As `Connection.asked`, on a connection of its own."""
        connection = self.connection(10)
        try:
            return connection.asked(method, target, body, headers, timeout)
        finally:
            connection.close()

    def memory_mib(self):
        return memory_mib(self.process.pid)

    def do(self, name, body, key=None):
        return self.ask("POST", "/v1/commands/" + name, body, {"Idempotency-Key": key} if key else {})

    def made(self, name, body):
        """The id of what the command founds; a RuntimeError when it is not accepted."""
        status, reply = self.do(name, body)
        if status != 201:
            raise RuntimeError(f"{name}: {status} {reply}")
        return reply["id"]

    def job(self, kind, body=None, timeout=180):
        """The ended job, its `state` done, failed or cancelled and its `result`; a RuntimeError when it does not end."""
        status, job = self.ask("POST", "/v1/jobs/" + kind, body or {})
        if status != 202:
            raise RuntimeError(f"{kind}: {status} {job}")
        deadline = time.monotonic() + timeout
        while job["state"] not in ("done", "failed", "cancelled"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the job {kind} did not end")
            time.sleep(0.02)
            _, job = self.ask("GET", f"/v1/jobs/{job['id']}")
        return job

    def events(self, after=None):
        """The events of the log behind that position, all of them when None, as decoded JSON, in order, to the head."""
        target = "/v1/events" if after is None else f"/v1/events?after={after}"
        status, text = self.ask("GET", target, timeout=120)
        if status != 200:
            raise RuntimeError(f"events: {status} {text}")
        if isinstance(text, dict):
            return [text]
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def verified_offline(bin, place):
    """What the program that needs no daemon says of the data and keys in a folder."""
    return subprocess.run([bin + "/daybook", "verify", "--offline", place + "/data", "--keys", place + "/data.keys"],
                          capture_output=True, timeout=120)


def memory_mib(pid):
    """Memory that is the process's own, in MiB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) / 1024


@contextlib.contextmanager
def workspace(name):
    folder = tempfile.mkdtemp(prefix=f"daybook-{name}-")
    try:
        yield folder
    finally:
        for daemon in _daemons:
            daemon.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Clinic:
    """What `found` made: ids in the order made. Every therapist works at every hour of every day, at the one location."""

    def __init__(self):
        self.location, self.service, self.zone = None, None, "Etc/UTC"
        self.therapists, self.rooms, self.clients = [], [], []

    def booking(self, client, therapist, start, room=None, **more):
        """The body of BookAppointment; the numbers are indices, `room` None for any that is free."""
        body = {"client": self.clients[client], "staff": self.therapists[therapist], "service": self.service,
                "location": self.location, "start": start, "modality": "in_person"}
        return {**body, **({} if room is None else {"room": self.rooms[room]}), **more}


def found(daemon, therapists=2, rooms=2, clients=4, minutes=50):
    clinic = Clinic()
    daemon.made("InitialisePractice", {"name": "Riverside", "zone": clinic.zone, "ownerName": "Ana Owner",
                                       "ownerEmail": "ana@example.org"})
    clinic.location = daemon.made("AddLocation", {"name": "Main Street"})
    for number in range(rooms):
        clinic.rooms.append(daemon.made("AddRoom", {"location": clinic.location, "name": f"Room {number}"}))
    clinic.service = daemon.made("DefineService", {"code": "i50", "name": "Individual", "minutes": minutes})
    for number in range(therapists):
        clinic.therapists.append(daemon.made("AddStaff", {
            "name": f"Therapist {number}", "email": f"t{number}@example.org", "roles": ["therapist"]}))
        daemon.made("SetWeeklyHours", {
            "staff": clinic.therapists[-1], "location": clinic.location, "effectiveFrom": "2026-01-01",
            "blocks": [{"weekday": weekday, "from": "00:00", "to": "24:00"} for weekday in range(1, 8)]})
    for number in range(clients):
        clinic.clients.append(daemon.made("RegisterClient", {
            "givenName": f"Given{number}", "familyName": f"Family{number}", "dateOfBirth": "1990-02-03",
            "primaryTherapist": clinic.therapists[number % max(1, therapists)]}))
    return clinic
