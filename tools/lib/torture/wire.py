"""The words of the API in the terms of the plain model, both ways. The clinic's zone is UTC, so that minutes are minutes."""
import calendar
import time

from book import Entry, Wish

NAMES = {"book": "BookAppointment", "move": "RescheduleAppointment", "cancel": "CancelAppointment"}
TYPES = {"AppointmentBooked": "book", "AppointmentRescheduled": "move", "AppointmentCancelled": "cancel"}


def minutes_of(start):
    """A wall clock, YYYY-MM-DDTHH:MM, in minutes since 1970."""
    return calendar.timegm(time.strptime(start, "%Y-%m-%dT%H:%M")) // 60


def start_of(minutes):
    return time.strftime("%Y-%m-%dT%H:%M", time.gmtime(minutes * 60))


def body_of(wish, clinic):
    """The body of the command that asks for it."""
    body = {"appointment": wish.appointment, "client": wish.client, "staff": wish.staff, "room": wish.room,
            "start": None if wish.start is None else start_of(wish.start), "minutes": wish.minutes,
            "expecting": wish.expecting}
    if wish.kind == "book":
        body.update(service=clinic.service, location=clinic.location, modality="in_person")
    elif wish.kind == "cancel":
        body["reason"] = "other"
    return {name: value for name, value in body.items() if value is not None}


def wish_of(name, body):
    kind = next(kind for kind, each in NAMES.items() if each == name)
    start = body.get("start")
    return Wish(kind, body.get("appointment"), body.get("client"), body.get("staff"), body.get("room"),
                None if start is None else minutes_of(start), body.get("minutes"), body.get("expecting"))


def refusal_of(status, reply):
    """The model's words for a refusal; None where the daemon did not decide at all, as when it is busy."""
    problem = reply.get("type", "").rsplit(":", 1)[-1] if isinstance(reply, dict) else ""
    if status == 412:
        return ("refused", "changed", (reply["changed"],), ())
    if status == 409:
        return ("refused", reply.get("rule", problem), tuple(reply.get("conflicts", ())), tuple(reply.get("classes", ())))
    return None


def shown_of(row):
    return ("shown", Entry(row["client"], row["staff"], row["room"], minutes_of(row["start"]), minutes_of(row["end"]),
                           row["status"] == "cancelled", row["changed"]))


def entry_of(event, before):
    """What an event of the log makes of an appointment that was `before`."""
    if event["type"] == "AppointmentCancelled":
        return before._replace(is_cancelled=True)
    there = event["event"]["arrangement"]
    client = event["event"]["client"] if before is None else before.client
    return Entry(client, there["staff"], there["room"], there["time"]["startAt"] // 60_000,
                 there["time"]["endAt"] // 60_000, False, None)


def command_id(event):
    """The idempotency key, as a number."""
    header = event["header"]
    return header.get("commandIdHigh", 0) << 64 | header.get("commandIdLow", 0)
