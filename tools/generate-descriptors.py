#!/usr/bin/env python3
"""Prints a Swift file that holds a descriptor set as base64. Of the source information only comments are kept: the
positions in the text are the bulk of it, and would change with every line added."""
import base64
import sys


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """Yields (number, payload or None, the field's own bytes)."""
    at = 0
    while at < len(data):
        start = at
        tag, at = varint(data, at)
        payload = None
        if tag & 7 == 0:
            _, at = varint(data, at)
        elif tag & 7 == 2:
            length, at = varint(data, at)
            payload = data[at:at + length]
            at += length
        else:
            raise ValueError(f"wire type {tag & 7} does not occur in a descriptor set")
        yield tag >> 3, payload, data[start:at]


def delimited(number, payload):
    def encoded(value):
        out = bytearray()
        while value >= 0x80:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        out.append(value)
        return bytes(out)
    return encoded(number << 3 | 2) + encoded(len(payload)) + payload


# Field numbers of descriptor.proto.
FILE, SOURCE_INFO, LOCATION, SPAN, LEADING, TRAILING = 1, 9, 1, 2, 3, 4


def comments_only(info):
    out = b""
    for number, location, raw in fields(info):
        parts = list(fields(location))
        if any(n in (LEADING, TRAILING) for n, _, _ in parts):
            out += delimited(number, b"".join(part for n, _, part in parts if n in (1, LEADING, TRAILING)))
    return out


def stripped(file):
    return b"".join(delimited(SOURCE_INFO, comments_only(payload)) if number == SOURCE_INFO else raw
                    for number, payload, raw in fields(file))


source, name = sys.argv[1], sys.argv[2]
with open(source, "rb") as handle:
    data = handle.read()
slim = b"".join(delimited(FILE, stripped(payload)) for _, payload, _ in fields(data))
text = base64.b64encode(slim).decode()
print("// Written by tools/generate from the .proto files.\n")
print("/// The schema with its comments, as a serialized FileDescriptorSet.")
print(f"enum {name} {{\n    static let base64 = \"\"\"")
for at in range(0, len(text), 100):
    more = "\\" if at + 100 < len(text) else ""
    print(f"        {text[at:at + 100]}{more}")
print("        \"\"\"\n}")
