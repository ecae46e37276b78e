#!/usr/bin/env python3
"""Writes what protoc does not know of: the types of events and their payloads by area (from record.proto), and the
lists of commands (<area>_commands.proto) and queries (queries.proto)."""
import glob
import os
import re
import sys

source, target = sys.argv[1], sys.argv[2]
AREAS = {1: "practice", 2: "staff", 3: "places", 4: "clients", 5: "availability", 6: "scheduling", 7: "charting",
         8: "intake", 9: "billing", 10: "coordination", 11: "access", 12: "privacy", 13: "interchange"}


def read(name):
    with open(os.path.join(source, name), encoding="utf-8") as handle:
        return handle.read()


def write(name, origin, lines):
    with open(os.path.join(target, name), "w", encoding="utf-8") as handle:
        handle.write(f"// Written by tools/generate from {origin}.\n\n" + "\n".join(lines) + "\n")


def camel(snake):
    head, *rest = snake.split("_")
    return head + "".join(word.capitalize() for word in rest)


def event_types(events, areas):
    out = ["/// The parts of the clinic that events belong to.", "public enum EventArea: UInt32, CaseIterable, Sendable {"]
    out += [f"    case {AREAS[area]} = {area}" for area in areas]
    out += ["}", "", "/// The type of an event: its field number in `Record`, area x 1000 + n.",
            "public enum EventType: UInt32, CaseIterable, Sendable {"]
    out += [f"    case {camel(field)} = {number}" for _, field, number in events]
    out += ["", "    public var area: EventArea {", "        switch rawValue / 1000 {"]
    out += [f"        case {area}: .{AREAS[area]}" for area in areas[:-1]]
    out += [f"        default: .{AREAS[areas[-1]]}", "        }", "    }", "",
            "    /// The event's name, as the schema spells it.", "    public var name: String {", "        switch self {"]
    out += [f"        case .{camel(field)}: \"{message}\"" for message, field, _ in events]
    out += ["        }", "    }", "", "    /// The event's message.", "    public var message: any Event.Type {",
            "        switch self {"]
    out += [f"        case .{camel(field)}: {message}.self" for message, field, _ in events]
    out += ["        }", "    }", "}"]
    for message, field, _ in events:
        out += ["", f"extension {message}: Event {{", f"    public static let type = EventType.{camel(field)}", "}"]
    return out


def area_payloads(area, members):
    name = AREAS[area].capitalize() + "Event"
    out = ["", f"/// An event of the area {AREAS[area]}, with its payload.", f"public enum {name}: AreaEvent {{"]
    out += [f"    case {case}({message})" for message, case in members]
    out += ["", f"    public static let area = EventArea.{AREAS[area]}", "",
            "    public init(type: EventType, bytes: [UInt8]) throws {", "        switch type {"]
    for message, case in members:
        out += [f"        case .{case}: self = .{case}(try {message}(serializedBytes: bytes))"]
    out += ["        default: throw RecordError.otherEventType(type)", "        }", "    }", "",
            "    public var message: any Event {", "        switch self {"]
    out += [f"        case .{case}(let event): event" for _, case in members]
    return out + ["        }", "    }", "}"]


def payloads(events, areas):
    out = ["import SwiftProtobuf"]
    for area in areas:
        out += area_payloads(area, [(m, camel(f)) for m, f, n in events if n // 1000 == area])
    names = [(AREAS[area], AREAS[area].capitalize() + "Event") for area in areas]
    out += ["", "/// Any event, by area.", "public enum AnyEvent: Sendable {"]
    out += [f"    case {case}({name})" for case, name in names]
    out += ["", "    /// Decodes an event's own bytes.", "    public init(type: EventType, bytes: [UInt8]) throws {",
            "        switch type.area {"]
    out += [f"        case .{case}: self = .{case}(try {name}(type: type, bytes: bytes))" for case, name in names]
    out += ["        }", "    }", "", "    /// The payload, whatever it is.", "    public var message: any Event {",
            "        switch self {"]
    out += [f"        case .{case}(let event): event.message" for case, _ in names]
    return out + ["        }", "    }", "}"]


def messages(text):
    return re.findall(r"^message (\w+) \{", text, re.M)


def requests():
    commands = [name for path in sorted(glob.glob(os.path.join(source, "*_commands.proto")))
                for name in messages(read(os.path.basename(path)))]
    asked = messages(read("queries.proto"))
    queries = [name for name in asked if name + "Answer" in asked]
    for name in asked:
        if name not in queries and name.removesuffix("Answer") not in queries:
            sys.exit(f"queries.proto: {name} is neither a query with an answer nor the answer of a query")
    out = ["/// Every command and query of the schema.", "public enum Requests {",
           "    /// The messages of `<area>_commands.proto`.", "    public static let commands: [RequestType] = ["]
    out += [f"        RequestType({name}.self, answer: Reply.self)," for name in commands]
    out += ["    ]", "", "    /// The messages of `queries.proto`, each with its answer.",
            "    public static let queries: [RequestType] = ["]
    out += [f"        RequestType({name}.self, answer: {name}Answer.self)," for name in queries]
    return out + ["    ]", "}"]


oneof = re.search(r"oneof event \{(.*?)\n  \}", read("record.proto"), re.S).group(1)
events = [(m[1], m[2], int(m[3])) for m in re.finditer(r"^\s*(\w+) (\w+) = (\d+);", oneof, re.M)]
areas = sorted({number // 1000 for _, _, number in events})
write("EventType.swift", "record.proto", event_types(events, areas))
write("EventPayloads.swift", "record.proto", payloads(events, areas))
write("Requests.swift", "*_commands.proto and queries.proto", requests())
