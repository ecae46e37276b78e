import Schema

/// How long texts may be, in characters; an email in bytes too.
public enum TextLimit {
    public static let name = 100
    public static let email = 254
    public static let phone = 40
    public static let address = 500
    public static let short = 200
    public static let reason = 500
    public static let remark = 4_000
    public static let summary = 12_000
    /// Of all sections of a note together.
    public static let note = NoteContent.charactersMax
    /// Of a note's JSON: what is sealed in one piece.
    static let noteBytes = 48 * 1024
}

extension Fields {
    /// As `text`, on one line.
    static func line(_ text: String?, _ path: String, maxLength: Int = TextLimit.name) throws(Refusal) -> String {
        let text = try self.text(text, path, maxLength: maxLength)
        guard !text.contains(where: \.isNewline) else { throw .field(path, "`\(path)` must be on one line.") }
        return text
    }

    /// As `line`, where nothing and empty both mean none.
    static func optionalLine(
        _ text: String?, _ path: String, maxLength: Int = TextLimit.name
    ) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return try line(text, path, maxLength: maxLength)
    }

    /// An address for mail: one @ with something on both sides, at most 254 bytes (RFC 5321, 4.5.3.1.3). Whether it
    /// exists, only a mail can tell.
    static func email(_ text: String?, _ path: String) throws(Refusal) -> String {
        let text = try line(text, path, maxLength: TextLimit.email)
        // In small letters too, since those are what it is found by.
        guard max(text.utf8.count, text.lowercased().utf8.count) <= TextLimit.email else {
            throw .field(path, "`\(path)` is longer than \(TextLimit.email) bytes.")
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else {
            throw .field(path, "`\(path)` must be an address like name@example.org.")
        }
        return text
    }

    /// As `email`, where nothing and empty both mean none.
    static func optionalEmail(_ text: String?, _ path: String) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return try email(text, path)
    }

    /// A number within bounds; nothing when it is left out.
    static func number(
        _ value: UInt32?, _ path: String, in range: ClosedRange<UInt32>, _ unit: String = ""
    ) throws(Refusal) -> UInt32? {
        guard let value else { return nil }
        guard range.contains(value) else {
            let words = unit.isEmpty ? "" : " \(unit)"
            throw .field(path, "`\(path)` must be \(range.lowerBound) to \(range.upperBound)\(words).")
        }
        return value
    }

    /// A place by ISO 3166-2, like US-NY, or by its country alone.
    static func jurisdiction(_ text: String?, _ path: String) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isPlace =
            parts[0].count == 2 && parts[0].allSatisfy(isCapital) && parts.count <= 2
            && (parts.count == 1 || (1...3).contains(parts[1].count) && parts[1].allSatisfy(isCapitalOrDigit))
        guard isPlace else { throw .field(path, "`\(path)` must be an ISO 3166-2 code like US-NY.") }
        return text
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    static func isCapitalOrDigit(_ byte: UInt8) -> Bool { isCapital(byte) || isDigit(byte) }

    /// Refuses the second of two equal values in a list.
    static func requireDistinct<Value: Hashable>(_ values: [Value], _ path: String) throws(Refusal) {
        var seen: Set<Value> = []
        for (index, value) in values.enumerated() where !seen.insert(value).inserted {
            throw .field("\(path)[\(index)]", "`\(path)[\(index)]` stands in the list twice.")
        }
    }

    /// Refuses a list that is longer than anybody needs.
    static func requireCount(_ count: Int, _ path: String, max: Int) throws(Refusal) {
        guard count <= max else { throw .field(path, "`\(path)` may have at most \(max) entries.") }
    }

    /// The ways to meet, each once and known.
    static func modalities(_ values: [WireModality], _ path: String) throws(Refusal) -> [WireModality] {
        try requireDistinct(values, path)
        for (index, value) in values.enumerated() {
            switch value {
            case .inPerson, .online, .phone, .homeVisit, .outreach: continue
            case .unspecified, .UNRECOGNIZED:
                let at = "\(path)[\(index)]"
                throw .field(at, "`\(at)` must be in_person, online, phone, home_visit or outreach.")
            }
        }
        return values
    }

    /// A role there is.
    static func role(_ value: Role.Value?, _ path: String) throws(Refusal) -> Role.Value {
        guard let value, PermissionTable.roleOrder.contains(value) else {
            throw .field(
                path,
                "`\(path)` must be owner, practice_manager, front_desk, therapist, supervisor, trainee, biller or auditor."
            )
        }
        return value
    }
}
