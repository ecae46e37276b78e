"""Whether a history of requests and answers could have been one after the other, each at an instant between its two times.

Two checkers that share nothing but the plain model:

`witnessed` takes the positions of the log as the order that is claimed and proves it: it agrees with the clock, every
accepted request is accepted again in that order by the model with the same outcome, and every refusal is the model's own
answer at some state of the log between its invocation and its reply, refusals among each other in the clock's order too.

`ordered` knows no positions. It searches for any order at all that explains what was answered, after Wing and Gong, with
a memo of what was tried. It is given one island of the calendar at a time: a stretch of time that no request crosses.
Neither therapist, client nor room can conflict across islands, so that the book is a product of books, and a history is
linearizable when each of its parts is (Herlihy and Wing, locality). A therapist, room or client alone would be no such part:
one booking takes all three.
"""
import bisect
import heapq

from book import Book, Entry, Wish


class Op:
    """One request and its answer. `answer` is as Book.answer gives it, with what the daemon said; `position` when done."""
    __slots__ = ("wish", "answer", "invoked", "replied", "position", "island")

    def __init__(self, wish, answer, invoked, replied, position=None, island=0):
        self.wish, self.answer, self.invoked, self.replied = wish, answer, invoked, replied
        self.position, self.island = position, island

    def __repr__(self):
        return f"{self.wish.kind} {[(k, v) for k, v in self.wish._asdict().items() if v is not None][1:]} -> {self.answer} " \
            f"@{self.position} [{self.invoked:.6f}, {self.replied:.6f}]"

    def is_answered_by(self, book):
        said = book.answer(self.wish)
        if said[0] != "done" or self.answer[0] != "done":
            return said == self.answer
        founded = self.position if said[1] is None else said[1]
        return (founded, said[2]) == self.answer[1:]

    def take_effect(self, book):
        if self.position is not None:
            book.put(self.answer[1], self.answer[2], self.position)


def witnessed(ops, rooms):
    """Every violation as a sentence; an empty list when the log's order explains the history."""
    done = sorted((op for op in ops if op.position is not None), key=lambda op: op.position)
    faults = _against_the_clock(done)
    states = {}
    for op in done:
        book, known = states.setdefault(op.island, (Book(rooms), []))
        if not op.is_answered_by(book):
            faults.append(f"accepted against the model, which says {book.answer(op.wish)}: {op}")
        op.take_effect(book)
        known.append((op.position, book.copy()))
    return faults + _unjustified(ops, done, states, rooms)


def _against_the_clock(done):
    """`done` in the order of positions: nothing may come after what was asked for only once it had been answered."""
    faults, latest = [], None
    for op in done:
        if latest is not None and op.replied < latest.invoked:
            faults.append(f"answered before the other was asked for, and yet behind it in the log: {op}; {latest}")
        if latest is None or op.invoked > latest.invoked:
            latest = op
    return faults


def _unjustified(ops, done, states, rooms):
    by_reply = sorted(done, key=lambda op: op.replied)
    replies = [op.replied for op in by_reply]
    highest, top = [], -1
    for op in by_reply:
        top = max(top, op.position)
        highest.append(top)
    by_call = sorted(done, key=lambda op: op.invoked)
    calls = [op.invoked for op in by_call]
    lowest, bottom = [float("inf")], float("inf")
    for op in reversed(by_call):
        bottom = min(bottom, op.position)
        lowest.append(bottom)
    lowest.reverse()
    faults, placed, floor = [], [], -1
    # In the order of invocation, each as early as it can be: whoever comes first leaves the others most room.
    for op in sorted((op for op in ops if op.position is None), key=lambda op: op.invoked):
        while placed and placed[0][0] < op.invoked:
            floor = max(floor, heapq.heappop(placed)[1])
        index = bisect.bisect_left(replies, op.invoked)
        least = max(floor, highest[index - 1] if index else -1)
        most = lowest[bisect.bisect_right(calls, op.replied)]
        at = _first_state(op, states.get(op.island, (None, []))[1], least, most, rooms)
        if at is None:
            faults.append(f"refused, or shown, without cause between positions {least} and {most}: {op}")
        else:
            heapq.heappush(placed, (op.replied, at))
    return faults


def _first_state(op, known, least, most, rooms):
    """The first position in [least, most) behind which the model gives this answer."""
    index = bisect.bisect_right(known, least, key=lambda pair: pair[0])
    if least < most and op.is_answered_by(known[index - 1][1] if index else Book(rooms)):
        return least
    for position, book in known[index:]:
        if position >= most:
            return None
        if op.is_answered_by(book):
            return position
    return None


def ordered(ops, rooms, limit=20_000):
    """True or False, and None when `limit` steps were not enough to tell."""
    calls = sorted(ops, key=lambda op: (op.invoked, op.replied))
    first_open, everything = 0, (1 << len(calls)) - 1
    tried, stack, steps = set(), [(0, Book(rooms))], 0
    while stack:
        taken, book = stack.pop()
        # What changes nothing and is true now may as well be taken now: no order is lost by it.
        progress = True
        while progress and taken != everything:
            progress = False
            for index in _open(calls, taken):
                if calls[index].position is None and calls[index].is_answered_by(book):
                    taken |= 1 << index
                    progress = True
        if taken == everything:
            return True
        state = (taken, frozenset(book.entries.items()))
        if state in tried:
            continue
        tried.add(state)
        steps += 1
        if steps > limit:
            return None
        following = []
        for index in _open(calls, taken):
            op = calls[index]
            if op.position is not None and op.is_answered_by(book):
                then = book.copy()
                op.take_effect(then)
                following.append((op.replied, index, (taken | 1 << index, then)))
        # The one that was answered first is tried first; it is on top of the stack.
        stack += [pair for _, _, pair in sorted(following, key=lambda each: each[:2], reverse=True)]
    return False


def _open(calls, taken):
    """Those that may come next: invoked before any that is left had been answered."""
    found, deadline, rest = [], float("inf"), ~taken
    index = (rest & -rest).bit_length() - 1
    while index < len(calls) and calls[index].invoked <= deadline:
        if rest >> index & 1:
            found.append(index)
            deadline = min(deadline, calls[index].replied)
        index += 1
    return [index for index in found if calls[index].invoked <= deadline]


def self_test():
    """Small histories whose verdict is known. A list of those that were judged wrongly; empty when the checkers see."""
    def entry(client=1, staff=1, room=1, start=0, is_cancelled=False):
        return Entry(client, staff, room, start, start + 50, is_cancelled, None)

    def booked(position, span, room=1, **more):
        made = entry(room=room, **more)
        wish = Wish("book", client=made.client, staff=made.staff, room=room, start=made.start, minutes=50)
        return Op(wish, ("done", position, made), *span, position)

    def cancelled(number, position, span, **more):
        return Op(Wish("cancel", number), ("done", number, entry(is_cancelled=True, **more)), *span, position)

    def moved(number, position, start, span):
        return Op(Wish("move", number, start=start), ("done", number, entry(start=start)), *span, position)

    def refused(conflicts, span, rule="INV-SCHED-03", classes=("therapist_overlap",), **more):
        wish = {"client": 2, "staff": 1, "room": 2, "start": 25, "minutes": 50, **more}
        return Op(Wish("book", **wish), ("refused", rule, tuple(conflicts), tuple(classes)), *span)

    def shown(number, changed, span, **more):
        return Op(Wish("show", number), ("shown", entry(**more)._replace(changed=changed)), *span)

    first = booked(10, (0, 1))
    legal = {
        "nothing": [],
        "one booking": [first],
        "touching": [first, booked(11, (2, 3), start=50)],
        "a refusal for a booking before it": [first, refused([10], (2, 3))],
        "a refusal at the same time": [booked(10, (0, 5)), refused([10], (1, 2))],
        "a slot given up and taken": [first, cancelled(10, 11, (2, 3)), booked(12, (4, 5))],
        "a refusal while the other is cancelled": [first, cancelled(10, 11, (2, 6)), refused([10], (3, 4))],
        "two at once, the later answered first": [booked(10, (0, 9)), booked(11, (1, 2), start=50)],
        "a slot freed by a move": [first, moved(10, 11, 100, (2, 3)), booked(12, (4, 5), client=2, room=2, start=25)],
        "a look at what was moved at the same time": [first, moved(10, 11, 100, (2, 6)), shown(10, 10, (3, 4))],
    }
    illegal = {
        "a double booking of a therapist": [first, booked(11, (2, 3), client=2, room=2, start=25)],
        "a double booking of a client": [first, booked(11, (2, 3), staff=2, room=2, start=25)],
        "a double booking of a room": [first, booked(11, (2, 3), client=2, staff=2, start=25)],
        "a double booking at the same time": [booked(10, (0, 5)), booked(11, (0, 5), client=2, room=2)],
        "a refusal for nothing": [refused([10], (0, 1))],
        "a refusal for what came later": [refused([10], (0, 1)), booked(10, (2, 3))],
        "a refusal for what was cancelled before": [first, cancelled(10, 11, (2, 3)), refused([10], (4, 5))],
        "a refusal for what only touches": [first, refused([10], (2, 3), start=50)],
        "a refusal that names another rule": [first, refused([10], (2, 3), "INV-SCHED-05", ["client_overlap"])],
        "a refusal that names not all": [first, booked(11, (2, 3), start=50), refused([10], (4, 5))],
        "a slot taken before it was given up": [first, booked(11, (2, 3)), cancelled(10, 12, (4, 5))],
        "a look at what was no longer so": [first, moved(10, 11, 100, (2, 3)), shown(10, 10, (4, 5))],
        "two looks that go back in time": [
            first, moved(10, 11, 100, (2, 9)), shown(10, 11, (3, 4), start=100), shown(10, 10, (5, 6))],
    }
    # Legal in some order, and not in that of the log.
    misplaced = {"an order of the log against the clock": [booked(11, (0, 1)), booked(10, (2, 3), start=50)]}
    wrong = [f"legal: {name}" for name, ops in legal.items() if witnessed(ops, [1, 2]) or ordered(ops, [1, 2]) is not True]
    wrong += [f"illegal: {name}" for name, ops in illegal.items()
              if not witnessed(ops, [1, 2]) or ordered(ops, [1, 2]) is not False]
    wrong += [f"misplaced: {name}" for name, ops in misplaced.items() if not witnessed(ops, [1, 2])]
    return wrong, len(legal) + len(illegal) + len(misplaced)
