"""The undamaged clinic, and the answers of it that those of a damaged one are compared with."""
import json
import os
import time

import disks
import kit
from paperwork import Paperwork

PATIENCE = 30


class Template:
    def __init__(self, options, folder):
        self.options, self.folder, self.size = options, folder, 0
        daemon = kit.Daemon(options.bin, folder)
        daemon.start()
        self.clinic = clinic = kit.found(daemon, therapists=2, rooms=2, clients=20)
        for number in range(240):
            daemon.made("BookAppointment", clinic.booking(
                number % 20, number % 2, f"{kit.day(30 + number // 40)}T{number // 2 % 20:02d}:00"))
            if number == 100:
                time.sleep(1.2)
        self.papers(daemon)
        if daemon.stop() != 0:
            raise RuntimeError("the template did not end in order: " + daemon.told())
        # An older copy, for the roll back.
        self.older = folder + "-older"
        disks.copy_clinic(folder, self.older)
        daemon.start()
        for number in range(20):
            daemon.made("BookAppointment", clinic.booking(number, number % 2, f"{kit.day(50)}T{number // 2:02d}:00"))
        self.key = kit.key(options.random)
        self.booked = clinic.booking(3, 1, f"{kit.day(51)}T12:00")
        daemon.do("BookAppointment", self.booked, self.key)
        self.settle(daemon)
        if daemon.job("verify")["result"]["isSound"] is not True:
            raise RuntimeError("the template is not sound")
        # The looks that the questions make are on record before anything is compared.
        self.ask(daemon)
        self.settle(daemon)
        if daemon.stop() != 0:
            raise RuntimeError("the template did not end in order: " + daemon.told())
        daemon.start()
        self.size = daemon.ask("GET", "/v1/health")[1]["events"]
        self.settle(daemon)
        self.answers = self.ask(daemon)
        daemon.stop()
        os.path.exists(daemon.data + "/ballast") and os.unlink(daemon.data + "/ballast")

    def papers(self, daemon):
        """Drafts with text outside the log, a signed note, and an account with all that there is to it."""
        self.paperwork = paper = Paperwork(self.options.random).open(daemon, daemon.made)

        def done(name, body):
            status, reply = daemon.do(name, body)
            if status != 201:
                raise RuntimeError(f"{name}: {status} {reply}")
            paper.took(name, body, reply)
            return reply["id"]
        self.drafts = [paper.drafts[done(*paper.start())] for _ in range(12)]
        for draft in self.drafts:
            done(*paper.save(draft))
            done(*paper.save(draft, autosave=True))
        self.signed = paper.drafts[done(*paper.start())]
        done(*paper.save(self.signed))
        done(*paper.sign(self.signed))
        self.payer = paper.clients[0]
        for minor in (10_000, 20_000):
            done(*paper.charge(self.payer))
            self.invoice = done("DraftInvoice", {"client": self.payer})
            done("IssueInvoice", {"invoice": self.invoice})
            done(*paper.pay(minor, client=self.payer))
        payment = done(*paper.pay(5_000, client=self.payer, keepAsCredit=True))
        done("IssueRefund", {"payment": payment, "reason": "too much"})

    @staticmethod
    def settle(daemon):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            time.sleep(0.1)
            if daemon.ask("POST", "/v1/queries/FindClients", {"text": "Given"})[0] == 200:
                return
        raise RuntimeError("the names were never there")

    def questions(self):
        clinic = self.clinic
        yield "agenda", "GET", f"/v1/queries/Agenda?staff={clinic.therapists[0]}&from={kit.day(30)}&to={kit.day(52)}", None
        yield "agenda 2", "GET", f"/v1/queries/Agenda?staff={clinic.therapists[1]}&from={kit.day(30)}&to={kit.day(52)}", None
        for client in clinic.clients[:4]:
            yield f"client {client}", "GET", f"/v1/queries/ShowClient?client={client}", None
        yield "history", "GET", f"/v1/queries/ClientHistory?client={clinic.clients[5]}&limit=10", None
        for draft in self.drafts[:3]:
            yield f"draft {draft.note}", "GET", f"/v1/queries/ShowNote?note={draft.note}", None
        yield "note", "GET", f"/v1/queries/ShowNote?note={self.signed.note}", None
        yield "chart", "GET", f"/v1/queries/Chart?client={self.payer}", None
        yield "balances", "GET", f"/v1/queries/Balances?client={self.payer}", None
        yield "explained", "GET", f"/v1/queries/ExplainBalance?client={self.payer}", None
        yield "invoice", "GET", f"/v1/queries/ShowInvoice?invoice={self.invoice}", None
        yield "trial", "GET", "/v1/queries/TrialBalance", None
        yield "staff", "GET", "/v1/queries/ListStaff", None
        yield "find", "POST", "/v1/queries/FindClients", {"text": "Family1"}
        yield "audit", "GET", "/v1/queries/AuditTrail?limit=50", None
        yield "events", "GET", "/v1/events", None
        yield "key", "GET", "/v1/log/key", None
        # What was acknowledged, asked again under its key, is answered as it was.
        yield "repeat", "POST", "/v1/commands/BookAppointment", self.booked
        yield "tile", "GET", "/v1/log/tile/0/000", None
        yield "entries", "GET", "/v1/log/tile/entries/000", None

    def ask(self, daemon, patient=False):
        """The answers by question; None for an error. One that has died answers nothing more."""
        answers = {}
        for name, method, target, body in self.questions():
            deadline = time.monotonic() + (PATIENCE if patient else 0)
            while True:
                try:
                    # What only says how far it has come is no answer yet, and no error either.
                    status, answer = daemon.asked(method, target, body, {"Idempotency-Key": self.key}, PATIENCE)
                except kit.LOST as error:
                    status, answer = repr(error), None
                if status != 503 or time.monotonic() >= deadline:
                    break
                time.sleep(0.05)
            if name == "repeat" and status not in (201, 500, 503, 507) and isinstance(status, int):
                answers[name] = f"{status} {answer}"
            elif status not in (200, 201):
                answers[name] = None
                if answer is None and daemon.process.poll() is not None:
                    break
            elif name == "events":
                text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                lines = [line for line in text.split(b"\n") if line]
                # What comes after the template's end is this daemon's own. One that breaks off says so at its end.
                is_whole = not lines or lines[-1].startswith(b'{"position":')
                answers[name] = lines[:self.size] if is_whole else None
            else:
                answers[name] = answer
        return answers

    def compare(self, answers):
        """Where an answer is neither the undamaged one nor an error, the first difference."""
        differing = {}
        for name, answer in answers.items():
            wanted = self.answers[name]
            if answer is None or answer == wanted:
                continue
            if self.without_sealed(answer) == self.without_sealed(wanted):
                continue  # Fields that could not be opened say so.
            if name.startswith("draft") and answer.get("autosaved", {}).get("unreadable") and self.without_sealed(
                    {**answer, "autosave": 1}) == self.without_sealed(wanted):
                continue  # Which saving it was, is damaged with it.
            if name == "find" and answer.get("unreadable") and all(
                    row in self.without_sealed(wanted["rows"]) for row in self.without_sealed(answer.get("rows", []))):
                continue  # Whoever cannot be found by name is counted.
            differing[name] = self.difference(answer, wanted)
        return differing

    @classmethod
    def without_sealed(cls, value):
        if isinstance(value, dict):
            if set(value) <= {"text", "withheld", "erased", "unreadable", "damaged"} and value and "text" not in value:
                return "sealed"
            if set(value) == {"text"}:
                return "sealed"
            return {key: cls.without_sealed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [cls.without_sealed(inner) for inner in value]
        return value

    @staticmethod
    def difference(answer, wanted):
        one, other = (json.dumps(value, sort_keys=True, default=repr) for value in (answer, wanted))
        at = next((i for i in range(min(len(one), len(other))) if one[i] != other[i]), min(len(one), len(other)))
        return f"…{one[max(0, at - 60):at + 80]}… and was …{other[max(0, at - 60):at + 80]}…"
