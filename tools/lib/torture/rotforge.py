"""Damage that is made to look right: a record rewritten with every hash that depends on it."""
import collections
import hashlib
import struct

from rotpages import PAGE, Pages


def leaf_hash(record):
    return hashlib.sha256(b"\0" + record).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def stored_index(level, number):
    """Where a node of the tree is stored: with its leaf's position, in the order in which nodes come about."""
    for _ in range(level):
        number = 2 * number + 1
    index = 0
    rest = number
    while rest:
        index += rest
        rest >>= 1
    return index + level


def forge(path, position):
    """Rewrites one record in place, and every hash that depends on it, so that log and tree agree with each other."""
    pages = Pages(path)
    data = bytearray(pages.data)
    entries = collections.defaultdict(dict)
    # Of events and nodes: key → (place of its value, size).
    for name in (b"events", b"nodes"):
        record = pages.data[pages.tables[name][0]:][:48]
        stack = [struct.unpack("<IHHQQQQQ", record)[7]]
        while stack:
            base = stack.pop() * PAGE
            _, _, flags, lower, _ = struct.unpack_from("<QHHHH", pages.data, base)
            for slot in range((lower - 16) // 2):
                node = base + struct.unpack_from("<H", pages.data, base + 16 + 2 * slot)[0]
                low, high, node_flags, key_size = struct.unpack_from("<HHHH", pages.data, node)
                if flags & Pages.BRANCH:
                    stack.append(low | high << 16 | node_flags << 32)
                    continue
                key = int.from_bytes(pages.data[node + 8:node + 8 + key_size], "big")
                at = node + 8 + key_size
                if node_flags & 1:
                    at = struct.unpack_from("<Q", pages.data, at)[0] * PAGE + 16
                entries[name][key] = (at, low | high << 16)
    at, size = entries[b"events"][position]
    # A byte in the middle of the random part of the header: the record still decodes.
    where = at + min(12, size - 1)
    data[where] ^= 0x10
    record = bytes(data[at:at + size])

    def put(level, number, value):
        place, count = entries[b"nodes"][stored_index(level, number)]
        data[place:place + count] = value

    def get(level, number):
        place, count = entries[b"nodes"][stored_index(level, number)]
        return bytes(data[place:place + count])
    put(0, position, leaf_hash(record))
    level, number, size = 0, position, len(entries[b"events"])
    while (number >> 1 << 1) + 2 << level <= size:
        number >>= 1
        put(level + 1, number, node_hash(get(level, 2 * number), get(level, 2 * number + 1)))
        level += 1
    with open(path, "wb") as file:
        file.write(data)
