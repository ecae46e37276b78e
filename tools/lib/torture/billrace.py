"""Two who issue at once, and two who give the same money back: the numbers are gapless, and a cent is given once."""
import collections

import kit
from paperwork import usd
from swarm import Swarm, command

CREDIT, PART = 1_000, 600
"""What is left of each payment and what each refund takes of it, minor units: one fits, a second does not."""

CLIENTS = 200
"""How many ask at once: a user may not hold a connection for each of thousands of requests."""


class Bills:
    """Invoices that wait to be issued, each by two people, and payments that two refunds are taken of."""

    def __init__(self, options, daemon, clients, count):
        self.random, self.socket = options.random, daemon.socket
        self.answers = []  # (name, body, answer)
        self.invoices, self.payments = [], []
        for number in range(count):
            client = clients[number % len(clients)]
            charge = daemon.made("PostCharge", {"client": client, "kind": "report", "unit": usd(100 + number), "remark": "x"})
            self.invoices.append(daemon.made("DraftInvoice", {"client": client, "charges": [charge]}))
            self.payments.append(daemon.made("RecordPayment", {
                "client": client, "amount": usd(CREDIT), "method": "cash", "keepAsCredit": True}))

    def run(self):
        asked = [("IssueInvoice", {"invoice": invoice}) for invoice in self.invoices] * 2
        asked += [("IssueRefund", {"payment": payment, "amount": usd(PART), "reason": "too much"})
                  for payment in self.payments] * 2
        self.random.shuffle(asked)
        Swarm(self.socket).run([self.several(asked[first::CLIENTS]) for first in range(min(CLIENTS, len(asked)))])

    def several(self, asked):
        for name, body in asked:
            yield from self.one(name, body)

    def one(self, name, body):
        while True:
            answer = yield command(name, body, kit.key(self.random))
            if answer.status != 503:
                break
        self.answers.append((name, body, answer))


def faults(answers, events):
    """What cannot be, of the answers and of what the log says."""
    found, last = [], collections.defaultdict(int)
    for event in events:
        number = event["event"].get("number") if event["type"] in ("InvoiceIssued", "RefundIssued") else None
        if number:
            series, _, count = number.rpartition("-")
            if int(count) != last[series] + 1:
                found.append(f"{number} follows {series}-{last[series]:06}")
            last[series] = int(count)
    numbers = {event["position"]: event["event"]["number"] for event in events if event["type"] == "InvoiceIssued"}
    issued, refunded = collections.defaultdict(list), collections.Counter()
    for name, body, answer in answers:
        if answer.status == 201:
            if name == "IssueInvoice":
                issued[body["invoice"]].append(answer.reply["number"])
                if numbers.get(answer.reply["position"]) != answer.reply["number"]:
                    found.append(f"{answer.reply} is not what the log says")
            else:
                refunded[body["payment"]] += body["amount"]["minor"]
        elif answer.status != 409:
            found.append(f"{name} {body} is answered {answer.status} {answer.reply}")
    for name, body, answer in answers:
        if name == "IssueInvoice" and len(issued[body["invoice"]]) != 1:
            found.append(f"invoice {body['invoice']} is issued as {issued[body['invoice']]}")
        # Who is refused is refused since another was first, and not both.
        if name == "IssueRefund" and refunded[body["payment"]] != PART:
            found.append(f"{refunded[body['payment']]} of {CREDIT} are given back")
    return found


def race(options, daemon, clients, tally, count):
    bills = Bills(options, daemon, clients, count)
    bills.run()
    found = faults(bills.answers, daemon.events())
    tally.check(f"{count} invoices issued by two at once have gapless numbers, and {count} credits are given back once",
                len(bills.answers) == 4 * count and not found, found[:3])


class _Said:
    def __init__(self, status, **reply):
        self.status, self.reply = status, reply


def self_test():
    """Small stories; those that are judged wrongly, and how many there are."""
    issue, refund = {"invoice": 1}, {"payment": 2, "amount": usd(PART)}
    done = lambda number: _Said(201, number=f"INV-2026-{number:06}", position=number)  # noqa: E731
    bill = lambda number, at=None: {"type": "InvoiceIssued", "position": at or number,  # noqa: E731
                                    "event": {"number": f"INV-2026-{number:06}"}}
    two = [("IssueInvoice", issue, done(1)), ("IssueInvoice", issue, _Said(409))]
    given = [("IssueRefund", refund, _Said(201)), ("IssueRefund", refund, _Said(409))]
    stories = [
        ("one of each", False, two + given, [bill(1)]),
        ("a number left out", True, two, [bill(1), bill(3)]),
        ("a number twice", True, two, [bill(1), bill(1, at=2)]),
        ("issued twice", True, two + [("IssueInvoice", issue, done(2))], [bill(1), bill(2)]),
        ("issued by nobody", True, two[1:], []),
        ("another number than the log's", True, two, [bill(1, at=7), bill(2, at=1)]),
        ("given back twice", True, given + given[:1], []),
        ("given back by nobody", True, given[1:], []),
        ("an error", True, two + [("IssueInvoice", issue, _Said(500))], [bill(1)]),
    ]
    return [name for name, wrong, answers, events in stories if bool(faults(answers, events)) != wrong], len(stories)
