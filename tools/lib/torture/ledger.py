"""What clients sent, what they were answered, and what the log says of it: the books that `kill` compares after each start."""
import hashlib
import json
import uuid

from paperwork import is_kept
from wire import TYPES, command_id, minutes_of


class Command:
    """One command under its idempotency key, however often it was sent."""
    __slots__ = ("name", "body", "key", "number", "reply", "is_open", "flying", "is_too_late")

    def __init__(self, name, body, key):
        self.name, self.body, self.key, self.number = name, body, key, uuid.UUID(key).int
        # The reply that was acknowledged first, and whether an answer is owed still: the outcome of a send is unknown.
        self.reply, self.is_open, self.flying = None, False, 0
        # It was told that its draft is none any more.
        self.is_too_late = False

    @property
    def is_kept(self):
        """It was acknowledged as kept outside the log."""
        return is_kept(self.reply)

    def __repr__(self):
        return f"{self.name} {self.key} {self.body} -> {self.reply}"


FOUNDS = {"AppointmentBooked": "BookAppointment", "AppointmentRescheduled": "RescheduleAppointment",
          "AppointmentCancelled": "CancelAppointment", "ClientRegistered": "RegisterClient"}

# Of notes and money: by which command, and what the event says as the command did.
SAYS = {"NoteStarted": ("StartNote", ["client", "kind"]), "NoteDraftSaved": ("SaveNoteDraft", ["note"]),
        "NoteDraftDiscarded": ("DiscardNoteDraft", ["note"]), "NoteSigned": ("SignNote", ["note", "revision"]),
        "NoteAddendumSigned": ("AddAddendum", ["note"]), "ChargePosted": ("PostCharge", ["client", "kind"]),
        "InvoiceIssued": ("IssueInvoice", ["invoice"]), "PaymentRecorded": ("RecordPayment", ["amount", "method"]),
        "RefundIssued": ("IssueRefund", ["payment", "amount"]), "PaymentReversed": ("ReversePayment", ["payment", "reason"])}


# The rules of a draft that was signed, or thrown away: what ended it is in the log.
DRAFT_ENDED = {"INV-NOTE-04": "NoteSigned", "INV-NOTE-13": "NoteDraftDiscarded"}


class Ledger:
    def __init__(self, tally):
        self.tally = tally
        self.commands, self.digests, self.effects, self.expected = {}, [], {}, {}
        self.repeats = self.lost = 0
        self.checkpoint = (0, None)
        self.changed, self.seen = {}, []
        # Of each series of documents the last number.
        self.numbers = {}
        # The notes whose draft was signed or thrown away.
        self.drafts_ended = set()

    # What was answered.

    def note(self, command, answer, was_known=False):
        """An answer, or none, to one send of the command; whether its reply was known when it was sent.

        Of two sends at once one may be refused before the other is accepted, whichever answer is read first.
        """
        if answer.is_lost:
            command.is_open = True
        elif answer.status == 201:
            if command.reply is None:
                command.reply = answer.reply
            self.tally.check("a repeated command gets the same reply", command.reply == answer.reply,
                             (command, answer.reply), quiet=True)
        else:
            # What an editor saved by itself is in no log: once another saving has taken its place, it is told so; or that
            # the draft was ended, which is then looked for in the log.
            is_too_late = answer.status == 409 and (answer.reply or {}).get("rule") in DRAFT_ENDED
            is_overtaken = command.is_kept and (answer.status == 412 or is_too_late)
            command.is_too_late = command.is_too_late or (command.is_kept and is_too_late)
            self.tally.check("what was acknowledged is not refused when it is repeated",
                             not was_known or answer.status == 503 or is_overtaken,
                             (command, answer.status, answer.reply), quiet=True)
            self.tally.check("a refusal is one that the interface knows", answer.status in (409, 412, 503),
                             (command, answer.status, answer.reply), quiet=True)

    @property
    def open(self):
        return [command for command in self.commands.values() if command.is_open]

    @property
    def acknowledged(self):
        """With an event, which is looked for."""
        return [command for command in self.commands.values() if command.reply is not None and not command.is_kept]

    # What the log says.

    def read(self, lines, start):
        """Takes the log's lines from position `start` on; what was read before must be what it was."""
        for offset, line in enumerate(lines):
            position, event = start + offset, json.loads(line)
            if not self.tally.check("positions are gapless", event["position"] == position, (position, line), quiet=True):
                return False
            digest = hashlib.sha256(line).digest()
            if position < len(self.digests):
                self.tally.check("an event that was there is there unchanged", self.digests[position] == digest, line,
                                 quiet=True)
                continue
            self.digests.append(digest)
            self._index(position, event)
        end = start + len(lines)
        return self.tally.check("the log has not become shorter", end >= len(self.digests), (end, len(self.digests)),
                                quiet=True)

    def _index(self, position, event):
        header = event["header"]
        # A look or a denial is nobody's command.
        if command_id(event) == 0:
            return
        positions = self.effects.setdefault(command_id(event), [])
        self.tally.check("an event is the next of its command", header.get("index", 0) == len(positions)
                         and len(positions) < header["count"], event, quiet=True)
        positions.append(position)
        self.expected[command_id(event)] = header["count"]
        if event["type"] in TYPES:
            self.changed[event["event"].get("appointment", position)] = position
        self._number(event)
        if event["type"] in DRAFT_ENDED.values():
            self.drafts_ended.add(event["event"]["note"])
        command = self.commands.get(command_id(event))
        if command and (event["type"] in FOUNDS or event["type"] in SAYS):
            self.tally.check("an event says what its command asked for", self._is_asked(event, command), (event, command),
                             quiet=True)

    def _number(self, event):
        number = event["event"].get("number") if event["type"] in ("InvoiceIssued", "PaymentRecorded", "RefundIssued") else None
        if number:
            series, _, count = number.rpartition("-")
            self.tally.check("the numbers of documents are gapless, and none is there twice",
                             int(count) == self.numbers.get(series, 0) + 1, event, quiet=True)
            self.numbers[series] = int(count)

    @staticmethod
    def _is_asked(event, command):
        if event["type"] in SAYS:
            name, fields = SAYS[event["type"]]
            return command.name == name and all(
                event["event"].get(field) == command.body[field] for field in fields if field in command.body)
        if FOUNDS[event["type"]] != command.name:
            return False
        body, said = command.body, event["event"]
        if event["type"] == "ClientRegistered":
            # What is private is sealed; that it opens to what was sent is looked at through ShowClient.
            return {"givenName", "familyName", "dateOfBirth"} <= said.keys()
        if event["type"] == "AppointmentCancelled":
            return said["appointment"] == body["appointment"]
        there = said["arrangement"]
        is_same = there["time"]["startAt"] == minutes_of(body["start"]) * 60_000
        is_same = is_same and body.get("staff", there["staff"]) == there["staff"]
        if event["type"] == "AppointmentRescheduled":
            return is_same and said["appointment"] == body["appointment"]
        return is_same and said["client"] == body["client"]

    def compare(self, command):
        """Whether what a client was told of the command is in the log, and no more."""
        positions = self.effects.get(command.number, [])
        if command.is_kept:
            self.tally.check("what is kept outside the log has no event", not positions, (command, positions), quiet=True)
            self.tally.check("a draft that is said to have ended was ended",
                             not command.is_too_late or command.body["note"] in self.drafts_ended, command, quiet=True)
            return
        if command.reply is not None:
            reply = command.reply
            is_there = bool(positions) and positions[-1] == reply["position"]
            if command.name in ("BookAppointment", "RegisterClient"):
                is_there = is_there and reply["id"] == positions[0]
            self.tally.check("what was acknowledged is in the log, where the reply said", is_there, (command, positions),
                             quiet=True)
            if not is_there:
                self.lost += 1
        elif not command.is_open:
            self.tally.check("what was refused has no effect", not positions, (command, positions), quiet=True)
        self.tally.check("a command has effect once, and whole", not positions
                         or len(positions) == self.expected[command.number], (command, positions), quiet=True)

    def publish(self, note):
        """A signed checkpoint: never smaller than one that was seen, never another of the same size, never ahead."""
        lines = note.decode().split("\n")
        size, root = int(lines[1]), lines[2]
        before, known = self.checkpoint
        self.tally.check("a checkpoint never shrinks, and never says two things of one size",
                         size > before or (size == before and known in (None, root)), (self.checkpoint, note), quiet=True)
        self.tally.check("a checkpoint is not ahead of the log", size <= len(self.digests), (size, len(self.digests)),
                         quiet=True)
        self.checkpoint = (size, root)


class _Heard:
    """A tally that only remembers what was broken."""

    def __init__(self):
        self.broken = []

    def check(self, name, holds, detail="", quiet=False):
        if not holds:
            self.broken.append(name)
        return bool(holds)


class _Said:
    def __init__(self, status, reply=None):
        self.status, self.reply, self.is_lost = status, reply, status is None


def self_test():
    """Small stories of commands, answers and the log after a kill. Those judged wrongly, and how many there are."""
    body = {"appointment": 0, "reason": "other", "note": 9}
    key = "00000000-0000-4000-8000-000000000001"

    def bill(position, number):
        return json.dumps({"position": position, "type": "InvoiceIssued", "header": {
            "index": 0, "count": 1, "commandIdHigh": 0, "commandIdLow": position + 100},
            "event": {"invoice": 0, "number": f"INV-2026-{number:06}"}}).encode()

    def line(position, number, index=0, count=1, remark=""):
        high, low = divmod(number, 1 << 64)
        return json.dumps({"position": position, "type": "AppointmentCancelled", "header": {
            "index": index, "count": count, "commandIdHigh": high, "commandIdLow": low},
            "event": {"appointment": 0}, "remark": remark}).encode()

    def ended(position, type, about):
        return json.dumps({"position": position, "type": type, "header": {
            "index": 0, "count": 1, "commandIdHigh": 0, "commandIdLow": other}, "event": {"note": about}}).encode()

    def note(size, root="r"):
        return f"origin\n{size}\n{root}\n\n".encode()

    def broken(answers, *reads, notes=()):
        heard = _Heard()
        ledger = Ledger(heard)
        command = Command("CancelAppointment", body, key)
        ledger.commands[command.number] = command
        for answer in answers:
            ledger.note(command, answer, was_known=command.reply is not None)
        for start, lines in reads:
            ledger.read(lines, start)
        for each in notes:
            ledger.publish(each)
        ledger.compare(command)
        return bool(heard.broken)

    this = uuid.UUID(key).int
    done, lost, refused, other = _Said(201, {"position": 1}), _Said(None), _Said(409, {}), 77
    overtaken, thrown_away, signed = _Said(412, {}), _Said(409, {"rule": "INV-NOTE-13"}), _Said(409, {"rule": "INV-NOTE-04"})
    kept = _Said(201, {"position": 0, "revision": 1, "autosave": 1})
    there = (0, [line(0, other), line(1, this)])
    stories = [
        ("acknowledged and there", False, broken([done], there)),
        ("unanswered and there", False, broken([lost], there)),
        ("unanswered and not there", False, broken([lost], (0, [line(0, other)]))),
        ("refused and not there", False, broken([refused], (0, [line(0, other)]))),
        ("repeated, and the same", False, broken([done, done], there)),
        ("a checkpoint that grows", False, broken([done], there, notes=[note(1), note(2)])),
        ("kept outside the log", False, broken([kept], (0, [line(0, other)]))),
        ("kept outside the log, and overtaken", False, broken([kept, overtaken], (0, [line(0, other)]))),
        ("kept outside the log, and thrown away", False,
         broken([kept, thrown_away], (0, [ended(0, "NoteDraftDiscarded", 9)]))),
        ("kept outside the log, and signed", False, broken([kept, signed], (0, [ended(0, "NoteSigned", 9)]))),
        ("invoices in a row", False, broken([lost], (0, [bill(0, 1), bill(1, 2)]))),
        ("a number left out", True, broken([lost], (0, [bill(0, 1), bill(1, 3)]))),
        ("a number twice", True, broken([lost], (0, [bill(0, 1), bill(1, 1)]))),
        ("kept outside the log, and in it", True, broken([kept], there)),
        ("acknowledged and not there", True, broken([done], (0, [line(0, other)]))),
        ("acknowledged and elsewhere", True, broken([done], (0, [line(0, this)]))),
        ("refused and there", True, broken([refused], there)),
        ("twice in effect", True, broken([done], (0, [line(0, this), line(1, this)]))),
        ("unanswered and twice in effect", True, broken([lost], (0, [line(0, this), line(1, this)]))),
        ("halved", True, broken([lost], (0, [line(0, other), line(1, this, 0, 2)]))),
        ("repeated, and another reply", True, broken([done, _Said(201, {"position": 0})], there)),
        ("repeated, and refused", True, broken([done, refused], there)),
        ("repeated, and said to be overtaken", True, broken([done, overtaken], there)),
        ("kept outside the log, and refused", True, broken([kept, refused], (0, [line(0, other)]))),
        ("kept outside the log, and said to be thrown away", True,
         broken([kept, thrown_away], (0, [ended(0, "NoteDraftDiscarded", 8)]))),
        ("acknowledged and there, and said to be signed", True, broken([done, signed], there)),
        ("a gap", True, broken([lost], (0, [line(0, other), line(2, this)]))),
        ("an event rewritten", True, broken([done], there, (1, [line(1, this, remark="x")]))),
        ("a log that became shorter", True, broken([done], there, (0, [line(0, other)]))),
        ("a checkpoint that shrinks", True, broken([done], there, notes=[note(2), note(1)])),
        ("two checkpoints of one size", True, broken([done], there, notes=[note(2), note(2, "s")])),
        ("a checkpoint ahead of the log", True, broken([done], there, notes=[note(3)])),
    ]
    return [name for name, expected, said in stories if expected != said], len(stories)
