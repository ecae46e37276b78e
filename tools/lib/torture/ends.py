"""Ends that always come at one place: in the first start, or with one record in a read model's hand."""
import os
import shutil
import signal
import subprocess
import time

import kit
from swarm import Swarm, command


def births(options, folder, tally, count):
    """First starts that are cut short, and first commands: the practice is whole or not there."""
    kills = 0
    for number in range(count):
        home = f"{folder}/birth-{number}"
        daemon = kit.Daemon(options.bin, home)
        for _ in range(options.random.randrange(1, 4)):
            daemon.launch()
            time.sleep(options.random.uniform(0, 0.12))
            daemon.kill()
            kills += 1
        daemon.start()
        body = {"name": "Riverside", "zone": "Etc/UTC", "ownerName": "Ana", "ownerEmail": "ana@example.org"}
        key = kit.key(options.random)

        def first():
            yield command("InitialisePractice", body, key)
        began, patience = time.monotonic(), options.random.uniform(0, 0.004)
        Swarm(daemon.socket).run([first()], lambda: time.monotonic() < began + patience or daemon.kill(), patience=0.0002)
        daemon.kill()
        kills += 1
        daemon.start()
        status, reply = daemon.do("InitialisePractice", body, key)
        events = daemon.events()
        tally.check("a practice whose first start was cut short is founded once, and whole", status == 201
                    and [event["position"] for event in events] == list(range(events[0]["header"]["count"]))
                    and reply["position"] == events[-1]["position"], (number, reply, events), quiet=True)
        tally.check("verify finds it sound", daemon.job("verify").get("result", {}).get("isSound"), number, quiet=True)
        daemon.kill()
        shutil.rmtree(home)
    return kills


VIEW, NAME = "directory", "Endless Otis"
"""The read model that has the record in hand, and the name of the member of staff whose row the record changes."""


def shim(folder):
    library = folder + "/kill-record.so"
    source = os.path.dirname(os.path.abspath(__file__)) + "/kill-record.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def at_one_record(options, folder, tally):
    """How many ends there were. Each cause on a clinic of its own."""
    library, ends = shim(folder), 0
    for cause, number, is_patient in [("crash", signal.SIGILL, False), ("crash", signal.SIGSEGV, False),
                                      ("crash", signal.SIGABRT, False), ("kill", signal.SIGKILL, True),
                                      ("kill", signal.SIGKILL, False)]:
        home = f"{folder}/record-{cause}-{number}-{is_patient}"
        record = Record(kit.Daemon(options.bin, home), tally, number, library)
        record.make()
        if is_patient:
            record.die(3)
            record.expect_served("four kills at one record stop nothing")
        else:
            # Of a crash the second, of a kill the fifth.
            record.die(1 if cause == "crash" else 4)
            record.expect_stopped(f"a {cause} ({signal.Signals(number).name}) at one record")
        ends += record.ends
        record.daemon.kill()
        shutil.rmtree(home)
    return ends


class Record:
    """A role that is on record, and a daemon that ends when the read model has it in hand."""

    def __init__(self, daemon, tally, number, library):
        self.daemon, self.tally, self.number, self.ends = daemon, tally, number, 0
        self.env = {"LD_PRELOAD": library, "DAYBOOK_END_VIEW": VIEW, "DAYBOOK_END_BYTES": NAME,
                    "DAYBOOK_END_SIGNAL": str(int(number))}

    def make(self):
        self.daemon.start(self.env)
        kit.found(self.daemon, therapists=1, rooms=1, clients=1)
        otis = self.daemon.made("AddStaff", {"name": NAME, "email": "otis@example.org", "roles": ["therapist"]})
        # What is answered is committed, so that the next record finds the row there.
        self.answer()
        try:
            self.daemon.do("AssignRole", {"staff": otis, "role": "supervisor"})
        except kit.LOST:
            pass
        self.await_end()

    def await_end(self):
        code = self.daemon.process.wait(timeout=60)
        self.ends += 1
        self.tally.check("the daemon ends at the record as it was made to", code == -self.number, code, quiet=True)
        with open(self.daemon.data + "/crashes") as file:
            ends = file.read()
        self.tally.check("a crash is told from a kill", ("crash" in ends) == (self.number != signal.SIGKILL), ends,
                         quiet=True)

    def die(self, times):
        for _ in range(times):
            self.daemon.launch(self.env)
            self.await_end()

    def expect_served(self, what):
        self.daemon.start()
        self.tally.check(what, self.has_role() and self.is_sound(), self.daemon.ask("GET", "/v1/health"))

    def expect_stopped(self, what):
        """Whatever ends the process there still would."""
        self.daemon.start(self.env)
        status, problem = self.answer()
        is_stopped = status == 503 and problem.get("type") == "urn:daybook:problem:view-stopped"
        self.tally.check(f"{what} stops its read model, which says so", is_stopped, (status, problem))
        others = self.daemon.ask("GET", "/v1/queries/AuditTrail?limit=1")[0]
        accepted = self.daemon.do("AddLocation", {"name": "Main Street 2"})[0]
        self.tally.check("the others go on, and so do commands", (others, accepted) == (200, 201), (others, accepted),
                         quiet=True)
        self.daemon.kill()
        self.daemon.start()
        self.tally.check("it is stopped after the next start too", self.answer()[0] == 503, self.answer(), quiet=True)
        job = self.daemon.job("rebuild", {"view": VIEW})
        self.tally.check("a rebuild puts it right", job["state"] == "done" and self.has_role() and self.is_sound(), job,
                         quiet=True)

    def answer(self):
        """Once it no longer says that it is behind."""
        deadline = time.monotonic() + 60
        while True:
            status, rows = self.daemon.ask("GET", "/v1/queries/ListStaff")
            is_busy = status == 503 and rows.get("type") != "urn:daybook:problem:view-stopped"
            if not is_busy or time.monotonic() > deadline:
                return status, rows
            time.sleep(0.01)

    def has_role(self):
        status, rows = self.answer()
        return status == 200 and any(row["name"] == NAME and "supervisor" in row["roles"] for row in rows["rows"])

    def is_sound(self):
        return self.daemon.job("verify").get("result", {}).get("isSound")
