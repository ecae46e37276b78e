"""What is seen by whom: of each field or list of rows that is opened for some and not for others, every caller's view."""


def sights(w):
    """Label and, by column, what is seen: text, closed, taken, a number of rows, or the status of no answer at all."""
    ids = lambda rows, wanted: str(sum(row.get("id") == wanted for row in rows))  # noqa: E731
    # By then what was booked is cancelled.
    day = {"from": w.date, "to": w.next_date, "all": True}
    asked = [
        ("names in ShowClient", "ShowClient", lambda c: {"client": w.team}, lambda a: a["row"]["familyName"]),
        ("remark in ShowClient", "ShowClient", lambda c: {"client": w.team}, lambda a: a["row"]["remark"]),
        ("rows of the team's client in ListClients", "ListClients", lambda c: {}, lambda a: ids(a.get("rows", []), w.team)),
        ("rows of another client in ListClients", "ListClients", lambda c: {}, lambda a: ids(a.get("rows", []), w.lone)),
        ("names in ListClients", "ListClients", lambda c: {}, lambda a: first(a.get("rows"), "familyName")),
        ("names of FindClients", "FindClients", lambda c: {"text": "Teamed"}, lambda a: first(a.get("rows"), "familyName")),
        ("names in ShowAppointment", "ShowAppointment", lambda c: {"appointment": w.appointment},
         lambda a: a["row"]["clientFamilyName"]),
        ("whose it is in ShowAppointment", "ShowAppointment", lambda c: {"appointment": w.appointment}, whose),
        ("whose it is in Agenda other's", "Agenda", lambda c: {"staff": w.colleague, **day}, lambda a: whose(a, "rows")),
        ("whose it is in Agenda own, off the team", "Agenda", lambda c: c.own and {"staff": c.staff, **day},
         lambda a: whose(a, "rows")),
        ("names in Agenda own, off the team", "Agenda", lambda c: c.own and {"staff": c.staff, **day},
         lambda a: a["rows"][0]["clientFamilyName"]),
        ("clinical text in ClientHistory", "ClientHistory", lambda c: {"client": w.team, "limit": 1000}, clinical),
        ("text in ShowNote", "ShowNote", lambda c: {"note": w.note}, lambda a: a["content"]),
        ("names in NoteQueue other's", "NoteQueue", lambda c: {"staff": w.colleague},
         lambda a: first(a.get("rows"), "clientFamilyName")),
        ("names in Ageing", "Ageing", lambda c: {},
         lambda a: a["rows"][0]["account"].get("clientFamilyName", "0")),
        ("reason in ListTimeOff own", "ListTimeOff", lambda c: {"staff": c.staff or w.colleague},
         lambda a: a["rows"][0]["reason"]),
        ("reason in ListTimeOff other's", "ListTimeOff", lambda c: {"staff": w.colleague},
         lambda a: next(row for row in a["rows"] if row["id"] == w.time_off)["reason"]),
        ("others' rows in ListAccess", "ListAccess", lambda c: {},
         lambda a: "text" if any(row["staff"] == w.colleague for row in a.get("rows", [])) else "closed"),
        ("what was done in AuditTrail all", "AuditTrail", lambda c: {"limit": 1000},
         lambda a: actions(a, "LocationAdded", "ClientRegistered")),
        ("who looked in AuditTrail all", "AuditTrail", lambda c: {"limit": 1000, "newest": True},
         lambda a: actions(a, "RecordAccessed", "AccessDenied")),
    ]
    for label, name, body, pick in asked:
        cells = {}
        for caller in w.callers.values():
            question = body(caller)
            if question is None:
                cells[caller.column] = "-"
                continue
            status, answer = caller.ask(w.daemon, "POST", "/v1/queries/" + name, question)
            cells[caller.column] = word(pick(answer)) if status == 200 else str(status)
        yield label, cells


def word(seen):
    if isinstance(seen, str):
        return seen
    return "text" if "text" in seen else "closed" if seen.get("withheld") else str(seen)


def first(rows, field):
    return rows[0][field] if rows else "0"


def whose(answer, member="row"):
    row = answer[member] if member == "row" else answer[member][0]
    known = {"client", "clientNumber", "service", "serviceName"} & set(row)
    return "text" if len(known) == 4 else "taken" if not known else str(sorted(known))


def actions(answer, *events):
    return "text" if {row["event"] for row in answer.get("rows", [])} & set(events) else "closed"


def clinical(answer):
    """The contact's summary, wherever in its row a private field with a text or its lack stands."""
    found = []

    def walk(value, name):
        if isinstance(value, dict):
            if ("text" in value or "withheld" in value) and name != "row":
                found.append(value)
            for key, inner in value.items():
                walk(inner, key)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, name)
    for row in answer["rows"]:
        if row["event"] == "ContactRecorded":
            walk(row, "row")
    return next((field for field in found if "slept badly" in field.get("text", "")), {"withheld": True} if found else {})
