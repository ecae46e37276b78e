"""The plain model of the appointment book: a dictionary, and the rules of conflict written down once more.

A request is a Wish, an answer a tuple: ("done", appointment, change) or ("refused", rule, conflicts, classes). Spans are
minutes, half-open: touching never conflicts. There are no buffers, no ways between places, and rooms hold one at a time.
"""
from collections import namedtuple

Entry = namedtuple("Entry", "client staff room start end is_cancelled changed")
"""An appointment as it stands; `changed` is the position of its last change."""

Wish = namedtuple("Wish", "kind appointment client staff room start minutes expecting", defaults=(None,) * 7)
"""kind is book, move, cancel or show; what is None is left open, or stays."""

RULES = [("INV-SCHED-03", "therapist_overlap"), ("INV-SCHED-05", "client_overlap"), ("INV-SCHED-04", "room_overlap")]
"""In the order in which the first that is broken names the refusal."""


class Book:
    def __init__(self, rooms, entries=None):
        self.rooms, self.entries = tuple(sorted(rooms)), dict(entries or {})

    def answer(self, wish):
        """What the wish must be answered in this state; the state stays as it is.

        Done: ("done", appointment or None when it is founded, entry or None when only shown). Its `changed` is None.
        """
        if wish.kind == "book":
            wanted = Entry(wish.client, wish.staff, None, wish.start, wish.start + wish.minutes, False, None)
            return self._placed(None, wanted, wish.room, None)
        entry = self.entries.get(wish.appointment)
        if entry is None:
            return ("refused", "not-found", (), ())
        if wish.kind == "show":
            return ("shown", entry)
        if wish.expecting is not None and entry.changed > wish.expecting:
            return ("refused", "changed", (entry.changed,), ())
        if entry.is_cancelled:
            return ("refused", "INV-SCHED-08", (), ())
        if wish.kind == "cancel":
            return ("done", wish.appointment, entry._replace(is_cancelled=True, changed=None))
        return self._moved(wish, entry)

    def _moved(self, wish, entry):
        length = wish.minutes or entry.end - entry.start
        start = entry.start if wish.start is None else wish.start
        there = entry._replace(staff=wish.staff or entry.staff, start=start, end=start + length, changed=None)
        is_same_room = wish.room is None or wish.room == entry.room
        if (there.staff, there.start, there.end) == (entry.staff, entry.start, entry.end) and is_same_room:
            return ("refused", "unchanged", (), ())
        return self._placed(wish.appointment, there, wish.room, entry.room)

    def _placed(self, appointment, wanted, room, preferred):
        """`room` was named; without one it is the preferred, else the first by id that is free."""
        near = [(number, entry) for number, entry in self.entries.items()
                if number != appointment and not entry.is_cancelled
                and entry.start < wanted.end and wanted.start < entry.end]
        found = {"therapist_overlap": [number for number, entry in near if entry.staff == wanted.staff],
                 "client_overlap": [number for number, entry in near if entry.client == wanted.client],
                 "room_overlap": []}
        candidates = [room] if room else sorted(self.rooms, key=lambda each: (each != preferred, each))
        taken = {each: [number for number, entry in near if entry.room == each] for each in candidates}
        free = next((each for each in candidates if not taken[each]), None)
        if free is None:
            found["room_overlap"] = sorted(set(sum(taken.values(), [])))
        for rule, name in RULES:
            if found[name]:
                conflicts = tuple(sorted(set(sum(found.values(), []))))
                return ("refused", rule, conflicts, tuple(sorted(each for each in found if found[each])))
        return ("done", appointment, wanted._replace(room=free))

    def put(self, appointment, entry, position):
        self.entries[appointment] = entry._replace(changed=position)

    def copy(self):
        return Book(self.rooms, self.entries)
