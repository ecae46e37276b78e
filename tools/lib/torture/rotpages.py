"""liblmdb's pages, read without liblmdb: which bytes of a file count, and as what."""
import collections
import struct

PAGE = 4096


class Pages:
    """Which bytes of a data.mdb count, and as what: "key", "value", "link" to a page, "slot" of a node, root
    or "name" of a "table"; and what may be damaged unseen: "header", "count", what is free."""
    BRANCH, LEAF, OVERFLOW = 1, 2, 4

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.ranges, self.live, self.separators = [], set(), []
        metas = [struct.unpack_from("<IIQQ48s48sQQ", self.data, PAGE * number + 16) for number in (0, 1)]
        self.current = max((0, 1), key=lambda number: metas[number][7])
        meta = metas[self.current]
        at = PAGE * self.current + 16
        # Magic and version; what the free list and the main table say of themselves; last page and transaction.
        self.mark(at, 8, "table")
        self.mark_table(at + 24, "free list")
        self.mark_table(at + 72)
        self.mark(at + 120, 16, "count")
        self.live.add(self.current)
        self.tables = {}
        self.walk_table(meta[4], None, is_free_list=True)
        self.walk_table(meta[5], b"")

    def mark(self, at, count, kind):
        if count:
            self.ranges.append((at, count, kind))

    def mark_table(self, at, kind="table"):
        """Only the root leads somewhere; what is counted beside it no reader of rows needs."""
        self.mark(at, 40, "count")
        self.mark(at + 40, 8, kind)

    def walk_table(self, record, name, is_free_list=False):
        root = struct.unpack("<IHHQQQQQ", record)[7]
        if root != (1 << 64) - 1:
            self.walk(root, name, is_free_list)

    def walk(self, number, name, is_free_list):
        """Marks a page and all below it. The first and the last key there."""
        self.live.add(number)
        base = number * PAGE
        _, _, flags, lower, upper = struct.unpack_from("<QHHHH", self.data, base)
        self.mark(base, 8, "header")
        self.mark(base + 10, 6, "header")
        self.mark(base + 16, lower - 16, "slot")
        first = last = None
        for index in range((lower - 16) // 2):
            node = base + struct.unpack_from("<H", self.data, base + 16 + 2 * index)[0]
            low, high, node_flags, key_size = struct.unpack_from("<HHHH", self.data, node)
            key = self.data[node + 8:node + 8 + key_size]
            if flags & self.BRANCH:
                self.mark(node, 4, "link")
                self.mark(node + 6, 2, "slot")
                if index:
                    self.mark(node + 8, key_size, "free key" if is_free_list else "key")
                least, most = self.walk(low | high << 16 | node_flags << 32, name, is_free_list)
                if index:
                    self.separators.append((node + 8, key_size, last, least))
                first, last = first or least, most
                continue
            first, last = first or key, key
            self.mark(node, 8, "slot")
            self.mark(node + 8, key_size, "free key" if is_free_list else "name" if node_flags & 2 else "key")
            size, value = low | high << 16, node + 8 + key_size
            if node_flags & 1:
                large = struct.unpack_from("<Q", self.data, value)[0]
                self.mark(value, 8, "link")
                pages = struct.unpack_from("<I", self.data, large * PAGE + 12)[0]
                self.live.update(range(large, large + pages))
                self.mark(large * PAGE, 8, "header")
                self.mark(large * PAGE + 16, size, "free value" if is_free_list else "value")
            elif node_flags & 2:
                self.mark_table(value)
                self.tables[key] = (value, size)
                self.walk_table(self.data[value:value + 48], key)
            else:
                self.mark(value, size, "free value" if is_free_list else "value")
        return first, last

    def still_separates(self, at, byte):
        """Whether a byte is of a branch page's key that parts the same keys with it as before: no look-up goes elsewhere."""
        for start, count, last, least in self.separators:
            if start <= at < start + count:
                key = bytearray(self.data[start:start + count])
                key[at - start] = byte
                return last < bytes(key) <= least
        return False

    def free_pages(self):
        return [number for number in range(2, len(self.data) // PAGE) if number not in self.live]

    def pick(self, chance, kinds):
        """A random byte of those kinds: each kind is as likely as the other, however few its bytes are."""
        by_kind = collections.defaultdict(list)
        for at, count, kind in self.ranges:
            if kind in kinds:
                by_kind[kind].append((at, count))
        kind = chance.choice(sorted(by_kind))
        at, count = chance.choice(by_kind[kind])
        return at + chance.randrange(count), kind
