"""What is damaged, where, and whether that must be reported."""
import collections
import os

from rotpages import PAGE, Pages


class Damage:
    """One change to one file: where, what of, and whether it must be reported."""

    def __init__(self, place, path, kind, at, new, must):
        self.place, self.path, self.kind, self.at, self.new, self.must = place, path, kind, at, new, must

    def __str__(self):
        return f"{self.place}: {self.path} {self.kind} at {self.at} (page {self.at // PAGE})"

    def apply(self, folder):
        path = f"{folder}/{self.path}"
        if self.new is None:
            os.truncate(path, self.at)
            return
        with open(path, "r+b") as file:
            file.seek(self.at)
            file.write(self.new)


STRICT = ("key", "value", "link", "slot", "table", "name")


def flip(place, path, pages, chance, kinds, must):
    at, kind = pages.pick(chance, kinds)
    bit = chance.randrange(8)
    new = pages.data[at] ^ 1 << bit
    return Damage(place, path, f"bit {bit} of a {kind} flips", at, bytes([new]), must and not pages.still_separates(at, new))


def page_damage(place, path, pages, chance):
    what = chance.choice(["zeros", "garbage", "half zeros", "another page"])
    number = chance.choice(sorted(pages.live - {0, 1}))
    size = PAGE // 2 if what == "half zeros" else PAGE
    at = number * PAGE + (PAGE // 2 if what == "half zeros" else 0)
    other = chance.choice(sorted(pages.live)) * PAGE
    new = {"garbage": chance.randbytes(size), "another page": pages.data[other:other + size]}.get(what, bytes(size))
    must = any(kind in STRICT and at < start + count and start < at + size
               and new[max(0, start - at):start + count - at] != pages.data[max(at, start):min(start + count, at + size)]
               for start, count, kind in pages.ranges)
    return Damage(place, path, f"{what} in a page", at, new, must)


def truncation(place, path, pages, chance):
    last = max(pages.live) + 1
    at = chance.choice([chance.randrange(1, last) * PAGE, chance.randrange(1, last) * PAGE + chance.randrange(PAGE), 0])
    return Damage(place, path, "the file ends", at, None, True)


def environments(template):
    yield "log", "data/log/data.mdb"
    yield "state", "data/state/data.mdb"
    for view in sorted(os.listdir(template.folder + "/data/views")):
        with open(f"{template.folder}/data/views/{view}/current") as file:
            yield "views", f"data/views/{view}/{file.read().strip()}/data.mdb"
    yield "vault", "data/vault/data.mdb"
    yield "scratch", "data/scratch/data.mdb"


def small_files(template):
    for folder in ("data/tiles", "data.keys", "data"):
        for root, folders, names in os.walk(f"{template.folder}/{folder}"):
            if folder == "data":
                folders[:] = []
            if root.endswith(".p"):
                # Narrower ones are of earlier checkpoints.
                names = [max(names, key=int)]
            for name in names:
                if name in ("lock", "ballast", "clock", "daybook.sock"):
                    continue
                path = os.path.relpath(f"{root}/{name}", template.folder)
                yield ("tiles" if folder == "data/tiles" else "anchors" if name == "anchor" else "keys"), path


def plan(template, count, chance):
    """A third to the log, the rest shared out."""
    pages = {path: Pages(f"{template.folder}/{path}") for _, path in environments(template)}
    by_place = collections.defaultdict(list)
    for place, path in [*environments(template), *small_files(template)]:
        by_place[place].append(path)
    turns = ["log", "state", "log", "views", "log", "vault", "views", "tiles", "log", "keys", "scratch", "state",
             "anchors"]
    for number in range(count):
        place = turns[number % len(turns)]
        path = chance.choice(by_place[place])
        if path in pages:
            roll = chance.random()
            if roll < 0.55:
                yield flip(place, path, pages[path], chance, STRICT, True)
            elif roll < 0.65:
                yield flip(place, path, pages[path], chance, ("header", "count", "free list", "free key", "free value"), False)
            elif roll < 0.85:
                yield page_damage(place, path, pages[path], chance)
            else:
                yield truncation(place, path, pages[path], chance)
        else:
            with open(f"{template.folder}/{path}", "rb") as file:
                content = file.read()
            at = chance.randrange(len(content))
            if chance.random() < 0.7:
                yield Damage(place, path, "a bit flips", at, bytes([content[at] ^ 1 << chance.randrange(8)]), True)
            elif chance.random() < 0.5:
                yield Damage(place, path, "zeros", at, bytes(min(64, len(content) - at)), True)
            else:
                # Cut after its 32 bytes a key of requests is whole, without the check that those made before had not.
                yield Damage(place, path, "the file ends", at, None, not (at == 32 and path.startswith("data.keys/mac/")))
