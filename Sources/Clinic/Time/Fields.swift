import Schema
import Timetable

/// Reading the fields of commands: each refusal names the field and what it must look like.
enum Fields {
    static func required<Value>(_ value: Value?, _ path: String, _ what: String) throws(Refusal) -> Value {
        guard let value else { throw .field(path, "`\(path)` is missing: \(what).") }
        return value
    }

    /// Text that is there, is not blank, holds no control characters and is not longer than `maxLength` characters.
    static func text(_ text: String?, _ path: String, maxLength: Int = 200) throws(Refusal) -> String {
        guard let text, text.unicodeScalars.contains(where: isVisible) else {
            throw .field(path, "`\(path)` must not be empty.")
        }
        try check(text, path, maxLength: maxLength)
        return text
    }

    /// As `text`, where nothing and empty both mean none.
    static func optionalText(_ text: String?, _ path: String, maxLength: Int = 200) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return try self.text(text, path, maxLength: maxLength)
    }

    /// Whether a scalar leaves something to be seen: no blank, and none of those that only shape what is around them.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: !scalar.properties.isWhitespace
        }
    }

    private static func check(_ text: String, _ path: String, maxLength: Int) throws(Refusal) {
        // By UTF-8 length too, since one character may hold any number of combining marks.
        guard text.utf8.count <= maxLength * 4, text.count <= maxLength else {
            throw .field(path, "`\(path)` is longer than \(maxLength) characters.")
        }
        for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
            guard scalar == "\n" || scalar == "\t" || scalar == "\r" else {
                throw .field(path, "`\(path)` holds a control character.")
            }
        }
    }

    static func date(_ text: String?, _ path: String) throws(Refusal) -> LocalDate {
        let text = try required(text, path, "a date like 2026-12-01")
        guard let date = LocalDate(iso: text) else {
            throw .field(path, "`\(path)` must be a date that exists, like 2026-12-01.")
        }
        return date
    }

    static func dateTime(_ text: String?, _ path: String) throws(Refusal) -> LocalDateTime {
        let text = try required(text, path, "a date and time like 2026-12-01T14:00")
        guard let dateTime = LocalDateTime(iso: text) else {
            throw .field(path, "`\(path)` must be a date and time that exist, like 2026-12-01T14:00.")
        }
        return dateTime
    }

    static func zone(_ id: String, _ path: String) throws(Refusal) -> Zone {
        guard let zone = Zone(id) else {
            throw Refusal.rule(
                "INV-LOC-01", "Unknown time zone", "`\(path)` must be an IANA zone like America/New_York."
            )
            .with { $0.field = path }
        }
        return zone
    }

    /// The instant of a wall clock reading, which must exist; of two, the first.
    static func instantMs(_ local: LocalDateTime, in zone: Zone, _ path: String) throws(Refusal) -> Int64 {
        if case .gap(let before, let after, _) = zone.resolve(local) {
            throw Refusal.rule(
                "INV-SCHED-23", "This time does not exist",
                "On \(local.date) the clocks go forward: there is no \(local.time). The last minute before is "
                    + "\(before.time), the first after is \(after.time)."
            )
            .with {
                $0.field = path
                $0.nearest = [before.description, after.description]
            }
        }
        return zone.resolve(local).plannedMs
    }
}
