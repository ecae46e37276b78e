#!/usr/bin/env python3
"""Writes Sources/Schema/Generated/EventType.swift from the oneof of record.proto: the event types, an enum of
payloads for every area, and one of all areas."""
import re
import sys

source, target = sys.argv[1], sys.argv[2]
text = open(source, encoding="utf-8").read()
oneof = re.search(r"oneof event \{(.*?)\n  \}", text, re.S).group(1)
events = [(m[1], m[2], int(m[3])) for m in re.finditer(r"^\s*(\w+) (\w+) = (\d+);", oneof, re.M)]
AREAS = {1: "practice", 2: "staff", 3: "places", 4: "clients", 5: "availability", 6: "scheduling", 7: "charting",
         8: "intake", 9: "billing", 10: "coordination", 11: "access", 12: "privacy", 13: "interchange"}


def camel(snake):
    head, *rest = snake.split("_")
    return head + "".join(word.capitalize() for word in rest)


areas = sorted({number // 1000 for _, _, number in events})
out = []
w = out.append
w("// Written by tools/generate from record.proto.\n\nimport SwiftProtobuf\n")
w("/// The parts of the clinic that events belong to.")
w("public enum EventArea: UInt32, CaseIterable, Sendable {")
for area in areas:
    w(f"    case {AREAS[area]} = {area}")
w("}\n")
w("/// The type of an event: its field number in `Record`, area x 1000 + n.")
w("public enum EventType: UInt32, CaseIterable, Sendable {")
for _, field, number in events:
    w(f"    case {camel(field)} = {number}")
w("""
    public var area: EventArea {
        switch rawValue / 1000 {""")
for area in areas[:-1]:
    w(f"        case {area}: .{AREAS[area]}")
w(f"        default: .{AREAS[areas[-1]]}")
w("""        }
    }

    /// The event's name, as the schema spells it.
    public var name: String {
        switch self {""")
for message, field, _ in events:
    w(f"        case .{camel(field)}: \"{message}\"")
w("""        }
    }
}
""")
for message, field, _ in events:
    w(f"extension {message}: Event {{\n    public static let type = EventType.{camel(field)}\n}}\n")
for area in areas:
    name = AREAS[area].capitalize() + "Event"
    members = [(m, camel(f)) for m, f, n in events if n // 1000 == area]
    w(f"/// An event of the area {AREAS[area]}, with its payload.")
    w(f"public enum {name}: Sendable {{")
    for message, case in members:
        w(f"    case {case}({message})")
    w("}\n")
w("/// Any event, by area.")
w("public enum AnyEvent: Sendable {")
for area in areas:
    w(f"    case {AREAS[area]}({AREAS[area].capitalize()}Event)")
w("""
    /// Decodes an event's own bytes.
    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {""")
for message, field, number in events:
    w(f"        case .{camel(field)}:")
    w(f"            self = .{AREAS[number // 1000]}(.{camel(field)}(try {message}(serializedBytes: bytes)))")
w("""        }
    }

    /// The payload, whatever it is.
    public var message: any Event {
        switch self {""")
for message, field, number in events:
    w(f"        case .{AREAS[number // 1000]}(.{camel(field)}(let event)): event")
w("""        }
    }
}""")
open(target, "w", encoding="utf-8").write("\n".join(out) + "\n")
