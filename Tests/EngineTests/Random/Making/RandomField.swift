import Foundation
import Schema
import SwiftProtobuf
import TestKit

/// Makes up the value of one field: mostly what a person would write there, now and then what nobody should.
struct RandomField {
    private let field: FieldShape
    private let owner: String
    private let world: RandomWorld

    init(_ field: FieldShape, of owner: String, _ world: RandomWorld) {
        self.field = field
        self.owner = owner
        self.world = world
    }

    private static let rare: Set<String> = [
        "override", "overrideReason", "retrospectiveReason", "expecting", "room", "notice", "minutes", "homeZone",
        "worksOnlineFrom", "sessionsPerDayMax", "sessionsPerWeekMax", "consecutiveMinutesMax", "breakMinutesMin",
        "dateOfBirthUnknown", "duplicatesAcknowledged", "bufferBeforeMinutes", "bufferAfterMinutes", "concurrent",
        "setupMinutes", "turnaroundMinutes", "overridesClosure", "acceptsNew", "locations", "features", "roles",
        "replacement", "baseAutosave", "payer", "discount", "taxCode", "charges", "allocate", "lines", "keepAsCredit",
        "due",
    ]

    /// How often it is there.
    var percent: Int {
        if owner == "TimeOffResolution" { return field.jsonName == "staff" ? 30 : 95 }
        if Self.rare.contains(field.jsonName) { return 8 }
        if owner == "RescheduleAppointment", field.jsonName != "appointment", field.jsonName != "start" { return 10 }
        if ["services", "modalities", "modality", "at", "until"].contains(field.jsonName) { return 30 }
        return 95
    }

    func value(_ random: inout SeededGenerator) throws -> String {
        if random.chance(2) { return wild(&random) }
        if let kind = kindOfID { return String(world.id(kind, &random)) }
        switch field.kind {
        case .bool: return random.chance(70) ? "true" : "false"
        case .enumeration where field.name.hasPrefix("modalit") && random.chance(80): return "\"in_person\""
        case .enumeration(let index):
            return Sensible.quoted(random.pick(Descriptors.schema.enums[index].words) ?? "")
        case .bytes:
            return Sensible.quoted(
                Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }).base64EncodedString())
        case .text: return Sensible.quoted(try text(&random))
        case .message: throw unknown
        default: return try number(&random)
        }
    }

    /// What an id is of; what is said with a cancellation has the name of one.
    private var kindOfID: String? {
        if case .text = field.kind { return nil }
        return field.jsonName == "note" ? "note" : RandomWorld.kind(ofField: field.jsonName)
    }

    private var unknown: RandomCommand.Unknown {
        RandomCommand.Unknown(
            description: "nothing is known to write into \(owner).\(field.jsonName): teach RandomField")
    }

    private func wild(_ random: inout SeededGenerator) -> String {
        let values = [
            "0", "-1", "18446744073709551615", "1.5", "true", "null", "\"\"", "\"\\u0000\"", "\"\u{1F92F}\"", "{}",
            "[]",
            Sensible.quoted(String(repeating: "x", count: 5_000)), "\"9999-12-31T23:59\"", "\"0000-00-00\"",
        ]
        return random.pick(values) ?? "0"
    }

    private func number(_ random: inout SeededGenerator) throws -> String {
        func of(_ values: [Int]) -> String { String(random.pick(values) ?? 0) }
        switch field.jsonName {
        case "minutes": return of([25, 30, 50, 50, 50, 80, 7])
        case "weekday": return of([1, 2, 3, 4, 5, 5, 7, 8])
        case "capacity", "people", "concurrent": return of([1, 2, 2, 3])
        case "bufferBeforeMinutes", "bufferAfterMinutes", "setupMinutes", "turnaroundMinutes", "minutesWaited",
            "sortKey":
            return of([0, 5, 10, 15, 20])
        case "sessionsPerDayMax", "sessionsPerWeekMax": return of([0, 1, 3, 20])
        case "consecutiveMinutesMax", "breakMinutesMin": return of([0, 60, 120, 15])
        case "uid": return of([4_000, 5_000, 5_001, 5_002])
        case "days": return of([1, 30, 90, 10_000])
        case "basisPoints": return of([0, 900, 2_000, 10_001])
        case "dueDays", "freePerYear": return of([0, 1, 14, 30])
        case "lateWindowMinutes": return of([0, 1_440, 2_880])
        case "quantity", "line": return of([1, 1, 2, 0])
        case "base", "revision": return of([0, 0, 1, 1, 2, 3])
        case "baseAutosave": return of([0, 1, 2])
        case "expecting": return String(UInt64.random(in: 0...400, using: &random))
        case "jumpMs", "minor": return of([1, 12_000, -5, 9_000_000])
        default: throw unknown
        }
    }

    private func text(_ random: inout SeededGenerator) throws -> String {
        switch field.jsonName {
        case "start", "end", "at", "notice", "started", "ended": return time(&random)
        case "from" where owner == "HoursBlock": return random.pick(["08:00", "09:00", "13:00"]) ?? ""
        case "to" where owner == "HoursBlock": return random.pick(["12:00", "17:00", "24:00"]) ?? ""
        case "from", "until", "effectiveFrom": return date(-3...40, &random)
        case "dateOfBirth": return random.pick(["1990-02-03", "1985-11-30", "2015-06-01", "2001-01-01"]) ?? ""
        case "zone", "homeZone", "onlineZone":
            return random.pick(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Mars/Base"]) ?? ""
        case "currency": return "EUR"
        case "jurisdiction", "clientJurisdiction": return random.pick(["DE-BE", "US-NY", "GB", "DE", "x"]) ?? ""
        case "email", "ownerEmail": return "person\(Int.random(in: 0...200, using: &random))@example.org"
        case "phone": return "+49 30 \(Int.random(in: 1_000_000...1_000_200, using: &random))"
        case "code" where owner == "DefineTaxCode": return random.pick(["GST", "VAT"]) ?? ""
        case "code": return "S\(Int.random(in: 0...60, using: &random))"
        case "name" where owner == "NoteSection":
            return random.pick(["subjective", "objective", "assessment", "plan", "text", "with", "channel"]) ?? ""
        case "name", "ownerName", "givenName", "familyName", "preferredName", "label":
            return (random.pick(["Ada", "Łukasz", "Zoë", "O'Neil", "王"]) ?? "")
                + " \(Int.random(in: 0...300, using: &random))"
        case "cpt": return "90834"
        case "serviceDate", "received": return date(-20...1, &random)
        case "due": return date(-1...60, &random)
        case "taxCode": return random.pick(["GST", "VAT"]) ?? ""
        case "reference": return "TX-\(Int.random(in: 0...5_000, using: &random))"
        case "exemption", "legalName", "taxId", "paymentInstructions": return "as agreed"
        case "features": return random.pick(["wheelchair", "play_room"]) ?? ""
        case "pronouns": return "they"
        case "address", "remark", "reason", "overrideReason", "retrospectiveReason", "note", "summary",
            "action", "with", "minorConsentBasis", "clientPlace", "text", "comment":
            return random.pick(["as agreed", "zwei\nZeilen", "—", "in a hurry"]) ?? ""
        default: throw unknown
        }
    }

    /// On the grid, in working hours of the days around now.
    private func time(_ random: inout SeededGenerator) -> String {
        let minute = Int.random(in: 8...17, using: &random) * 60 + (random.pick([0, 0, 30, 15, 50, 7]) ?? 0)
        return date(random.chance(80) ? 0...12 : -40...60, &random) + "T" + PlainTime.text(minute: minute)
    }

    private func date(_ days: ClosedRange<Int>, _ random: inout SeededGenerator) -> String {
        PlainTime.text(day: world.today + Int.random(in: days, using: &random))
    }

    /// The published word for a value of an enumeration.
    static func word<Value: SwiftProtobuf.Enum>(_ value: Value) -> String {
        let name = String(reflecting: Value.self).split(separator: ".").suffix(2).joined(separator: ".")
        let shape = Descriptors.schema.enums.first { $0.fullName == "daybook.v1.\(name)" }
        return shape?.values.first { $0.number == Int32(value.rawValue) }?.word ?? ""
    }
}
