"""Notes and money for the harnesses: what an owner writes who is a therapist too, and what an office charges and takes in.

An autosave is no event: it is kept outside the log, and its reply says which saving it was.
"""
import json

SECTIONS = ("with", "channel", "summary", "action")
MONEY = {"currency": "USD"}


def is_kept(reply):
    """Outside the log, so that no event is of it."""
    return isinstance(reply, dict) and reply.get("autosave", 0) > 0


def usd(minor):
    return {"minor": minor, **MONEY}


def sections(text):
    return [{"name": name, "text": f"{text} {name}"} for name in SECTIONS]


def text_of(private):
    """What all the sections of a shown text begin with; None when it is not shown."""
    if not isinstance(private, dict) or "text" not in private:
        return None
    said = {section["text"][:-len(section["name"]) - 1] for section in json.loads(private["text"])["sections"]}
    return said.pop() if len(said) == 1 else None


def shown(answer):
    """Of ShowNote: (revision, saving since) and what is said there."""
    autosave = answer.get("autosave", 0)
    return (answer["row"].get("revision", 0), autosave), text_of(answer.get("autosaved" if autosave else "content"))


class Draft:
    def __init__(self, note):
        self.note, self.revision, self.autosave = note, 0, 0
        # The last saving that was acknowledged, (revision, saving since), and what it says.
        self.kept, self.text = (0, 0), None


class Paperwork:
    """What is on the desk, as far as it was acknowledged, and what is done with it next."""

    def __init__(self, chance):
        self.random, self.serial = chance, 0
        self.drafts, self.signed = {}, []
        self.charged, self.drafted, self.issued, self.paid = 0, [], [], []

    def open(self, daemon, make):
        """`make` does a command and gives its id. The owner becomes a therapist, with two clients of their own."""
        self.owner = daemon.ask("GET", "/v1/queries/WhoAmI")[1]["staff"]
        make("AssignRole", {"staff": self.owner, "role": "therapist"})
        self.clients = [make("RegisterClient", {
            "givenName": f"Nora{number}", "familyName": f"Noted{number}", "dateOfBirth": "1980-02-03",
            "email": f"n{number}@example.org", "remark": f"note {number}", "primaryTherapist": self.owner}) for number in range(2)]
        return self

    # Commands.

    def words(self):
        self.serial += 1
        return f"words {self.serial}"

    def start(self):
        return "StartNote", {"client": self.random.choice(self.clients), "kind": "contact"}

    def save(self, draft, autosave=False):
        body = {"note": draft.note, "base": draft.revision, "sections": sections(self.words())}
        if draft.autosave:
            body["baseAutosave"] = draft.autosave
        return "SaveNoteDraft", {**body, "autosave": True} if autosave else body

    def sign(self, draft):
        return "SignNote", {"note": draft.note, "revision": max(1, draft.revision)}

    def charge(self, client=None):
        return "PostCharge", {"client": client or self.random.choice(self.clients), "kind": "report",
                              "unit": usd(self.random.randrange(1, 50_000)), "remark": self.words()}

    def pay(self, minor=None, **more):
        return "RecordPayment", {"client": self.random.choice(self.clients), "method": "cash",
                                 "amount": usd(minor or self.random.randrange(1, 60_000)), **more}

    def choose(self):
        """Mostly what can be; some is refused by a rule, as when two do it at once."""
        what = self.random.random()
        return self.next_of_notes(what * 2) if what < 0.5 else self.next_of_money(what * 2 - 1)

    def next_of_notes(self, what):
        live = list(self.drafts.values())[-6:]
        if what < 0.2 or not live:
            return self.start()
        draft = self.random.choice(live)
        if what < 0.6:
            return self.save(draft, autosave=True)
        if what < 0.8:
            return self.save(draft)
        if what < 0.92:
            return self.sign(draft)
        if what < 0.96 and self.signed:
            return "AddAddendum", {"note": self.random.choice(self.signed), "text": self.words(), "reason": "later"}
        return "DiscardNoteDraft", {"note": draft.note, "reason": "twice"}

    def next_of_money(self, what):
        if what < 0.3 or not self.charged:
            return self.charge()
        if what < 0.45:
            return "DraftInvoice", {"client": self.random.choice(self.clients)}
        if what < 0.6 and self.drafted:
            return "IssueInvoice", {"invoice": self.random.choice(self.drafted[-4:]),
                                    "useCredit": self.random.random() < 0.5}
        if what < 0.8 or not self.paid:
            return self.pay(keepAsCredit=self.random.random() < 0.3)
        payment = self.random.choice(self.paid[-20:])
        if what < 0.95:
            return "IssueRefund", {"payment": payment, "amount": usd(self.random.randrange(1, 9_000)), "reason": "too much"}
        return "ReversePayment", {"payment": payment, "reason": "bounced"}

    # Replies.

    def took(self, name, body, reply):
        """A command that was acknowledged."""
        draft = self.drafts.get(body.get("note"))
        if name == "StartNote":
            self.drafts[reply["id"]] = Draft(reply["id"])
        elif name == "SaveNoteDraft" and draft:
            now = reply.get("revision", 0), reply.get("autosave", 0)
            if now > draft.kept:
                draft.kept, draft.text = now, body["sections"][0]["text"][:-len(SECTIONS[0]) - 1]
                draft.revision, draft.autosave = now
        elif name in ("SignNote", "DiscardNoteDraft"):
            self.drafts.pop(body["note"], None)
            if name == "SignNote":
                self.signed.append(body["note"])
        elif name == "PostCharge":
            self.charged += 1
        elif name == "DraftInvoice":
            self.drafted.append(reply["id"])
        elif name == "IssueInvoice":
            self.issued.append(body["invoice"])
            self.drafted = [invoice for invoice in self.drafted if invoice != body["invoice"]]
        elif name == "RecordPayment":
            self.paid.append(reply["id"])

    def fault(self, draft, status, answer):
        """What a shown draft lacks of what was acknowledged of it; None when it lacks nothing."""
        if status != 200:
            return f"note {draft.note} is not shown: {status} {answer}"
        if answer["row"]["standing"] != "draft":
            return None
        now, text = shown(answer)
        if now > draft.kept or now == draft.kept and text == draft.text:
            return None
        return f"note {draft.note} was acknowledged at {draft.kept} as “{draft.text}” and is at {now} as “{text}”"


def self_test():
    """Small stories of a draft; those that are judged wrongly, and how many there are."""
    draft = Draft(7)
    draft.kept, draft.text = (2, 3), "words 5"

    def answer(revision, autosave, text, standing="draft"):
        said = {"text": json.dumps({"sections": sections(text)})}
        return {"row": {"standing": standing, "revision": revision}, "content": said, "autosave": autosave,
                **({"autosaved": said} if autosave else {})}
    stories = [
        ("as it was acknowledged", False, answer(2, 3, "words 5")),
        ("saved once more, unanswered", False, answer(2, 4, "words 6")),
        ("a revision more, unanswered", False, answer(3, 0, "words 6")),
        ("signed, unanswered", False, answer(2, 0, "words 1", "signed")),
        ("the saving before", True, answer(2, 2, "words 4")),
        ("the revision alone", True, answer(2, 0, "words 1")),
        ("another text", True, answer(2, 3, "words 4")),
        ("no text", True, {"row": {"standing": "draft", "revision": 2}, "autosave": 3, "autosaved": {"unreadable": True}}),
    ]
    paper = Paperwork(None)
    return [name for name, wrong, said in stories if bool(paper.fault(draft, 200, said)) != wrong], len(stories)
