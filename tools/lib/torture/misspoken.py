"""What `hostile` says that nobody should: bodies and heads that are almost right, each of which must be refused."""
import time

import corpus
import kit
from connections import DEADLINE, responses, spoken


def ask(trial, path, body, kind):
    raw = body if isinstance(body, bytes) else body.encode()
    head = (f"POST {path} HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(raw)}\r\n\r\n")
    return spoken(trial.target, head.encode() + raw, DEADLINE + trial.slack)


def json_bodies(trial):
    tried = 0
    for path, good, string, number in [
        ("/v1/commands/AddRoom", {"location": trial.target.location, "name": "Hostile"}, "name", "location"),
        ("/v1/queries/ListClients", {"number": "C-0", "limit": 10}, "number", "limit"),
    ]:
        for name, body, field in corpus.json_bodies(good, string, number):
            if path.endswith("ListClients") and not body:
                continue  # A question may have no arguments.
            data, ended = ask(trial, path, body, "application/json")
            # A question may look for what cannot be there.
            vain = path.endswith("ListClients") and name.startswith("a text of ")
            trial.refused(f"JSON with {name} to {path}", data, ended, field, may_answer=vain)
            trial.tally.check(f"JSON with {name} to {path} is answered", responses(data), data[:200], quiet=True)
            tried += 1
    kit.say(f"     {tried} bodies of JSON")


def protobuf_bodies(trial):
    day = trial.target.location
    block = corpus.tag(1, 0) + b"\x01" + corpus.text(2, "09:00") + corpus.text(3, "10:00") + corpus.text(4, b"\x01\x02")
    hours = (corpus.tag(1, 0) + corpus.varint(trial.target.staff) + corpus.tag(2, 0) + corpus.varint(day)
             + corpus.text(3, "2026-03-01") + corpus.text(4, block))
    price = corpus.tag(1, 0) + b"\x01" + corpus.text(2, corpus.tag(1, 0) + b"\x64" + corpus.text(2, "USD"))
    prices = corpus.text(1, "2026-03-01") + corpus.text(2, price)
    tried = 0
    for path, good, string, nested in [("/v1/commands/SetWeeklyHours", hours, 3, 4),
                                       ("/v1/commands/PublishPriceList", prices, 1, 2)]:
        for name, body in corpus.protobuf_bodies(good, string, nested, 777):
            data, ended = ask(trial, path, body, "application/x-protobuf")
            trial.refused(f"Protobuf with {name} to {path}", data, ended)
            trial.tally.check(f"Protobuf with {name} to {path} is answered", responses(data), data[:200], quiet=True)
            tried += 1
    question = corpus.text(1, "C-0") + corpus.tag(3, 0) + b"\x0a"
    for name, body in corpus.protobuf_bodies(question, 1, 1, 777):
        if "inner message" in name or "in each other" in name and "groups" not in name:
            continue  # It has none; these are texts to it.
        data, ended = ask(trial, "/v1/queries/ListClients", body, "application/x-protobuf")
        trial.refused(f"Protobuf with {name} to ListClients", data, ended)
        tried += 1
    kit.say(f"     {tried} bodies of Protobuf")


def papers(trial):
    """Amounts that are none, and a note of megabytes: nothing is paid, charged or saved by them."""
    client = trial.target.client
    amounts = [("more than there can be", 10**12 + 1, "amount.minor"), ("less than nothing", -1, None), ("nothing", 0, None),
               ("2^63", 2**63, None), ("-2^63", -(2**63), "amount.minor"), ("2^64", 2**64, None), ("half a cent", 0.5, None),
               ("three decimals", 12.345, None), ("an exponent", "1e3", None), ("text", "12.00", "amount.minor"),
               ("4,000 digits", "9" * 4_000, None)]
    tried = 0
    for name, minor, field in amounts:
        number = f'"{minor}"' if name == "text" else minor
        for path, member in [("RecordPayment", "amount"), ("PostCharge", "unit")]:
            # A charge may be of nothing.
            if (path, minor) == ("PostCharge", 0):
                continue
            rest = '"method":"cash"' if path == "RecordPayment" else '"kind":"report","remark":"x"'
            body = f'{{"client":{client},"{member}":{{"minor":{number},"currency":"USD"}},{rest}}}'
            data, ended = ask(trial, f"/v1/commands/{path}", body, "application/json")
            wanted = field and field.replace("amount", member)
            trial.refused(f"{path} of {name}", data, ended, wanted)
            trial.tally.check(f"{path} of {name} is answered", responses(data), data[:200], quiet=True)
            tried += 1
    for name, money in [("another currency", '{"minor":1,"currency":"EUR"}'), ("no currency", '{"minor":1}'),
                        ("no amount", '{"currency":"USD"}'), ("an amount twice", '{"minor":1,"minor":2,"currency":"USD"}')]:
        data, ended = ask(trial, "/v1/commands/RecordPayment", f'{{"client":{client},"method":"cash","amount":{money}}}',
                          "application/json")
        trial.refused(f"a payment of {name}", data, ended)
        tried += 1
    for kind in ("application/json", "application/x-protobuf"):
        text = "n" * 5_000_000
        body = (f'{{"note":1,"base":0,"sections":[{{"name":"plan","text":"{text}"}}]}}' if kind.endswith("json") else
                corpus.tag(1, 0) + b"\x01" + corpus.text(3, corpus.text(1, "plan") + corpus.text(2, text)))
        data, ended = ask(trial, "/v1/commands/SaveNoteDraft", body, kind)
        trial.refused(f"a note of 5 MB as {kind}", data, ended)
        trial.tally.check(f"a note of 5 MB as {kind} is told to be too much", [s for s, _, _ in responses(data)] == [413],
                          data[:200])
        tried += 1
    kit.say(f"     {tried} amounts and notes")


def heads(trial):
    tried = 0
    for name, data, may_answer in corpus.heads("/v1/health", '{"name":"Hostile"}'):
        for end in (False, True):
            # One that waits for more waits no longer than anybody, which the standing ones show.
            trial.marks.append((time.monotonic(), name))
            came, ended = spoken(trial.target, data, 0.5 if not end else DEADLINE + trial.slack, end)
            trial.refused(f"{name}{', half closed' if end else ''}", came, ended or not end, may_answer=may_answer)
            tried += 1
    for path in corpus.paths():
        came, ended = spoken(trial.target, f"GET {path} HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n",
                             DEADLINE + trial.slack)
        trial.refused(f"GET {path}", came, ended)
        tried += 1
    kit.say(f"     {tried} heads")


def chunk_extension(trial):
    """Which is legal, and means nothing."""
    came, _ = spoken(trial.target, "POST /v1/queries/WhoAmI HTTP/1.1\r\nHost: d\r\nConnection: close\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n2;a=b;c=\"d\"\r\n{}\r\n0\r\n\r\n", DEADLINE + trial.slack)
    statuses = [status for status, _, _ in responses(came)]
    trial.tally.check("a small chunk extension is passed over or refused, and nothing else",
                      statuses in ([200], [400]), statuses)


def half_closed(trial):
    right = "GET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n"
    came, ended = spoken(trial.target, right, DEADLINE + trial.slack, end=True)
    trial.tally.check("who asks and half closes is answered, and then the connection ends",
                      ended and [s for s, _, _ in responses(came)] == [200], (ended, came[:100]))
    began = time.monotonic()
    came, ended = spoken(trial.target, "POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\nContent-Length: 40\r\n\r\n"
                         '{"name":"Hostile"}', DEADLINE + trial.slack, end=True)
    took = time.monotonic() - began
    trial.tally.check("half a body and a half close is no command, and ends at once",
                      ended and (trial.options.short or took < 5) and all(s >= 400 for s, _, _ in responses(came)), (ended, took, came[:100]))
