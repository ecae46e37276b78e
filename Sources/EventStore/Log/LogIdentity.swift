/// Who a log is: made with it, and in every checkpoint.
public struct LogIdentity: Equatable, Sendable {
    /// 16 random bytes, the same for the log's whole life, restores included.
    public let logID: [UInt8]
    /// The name in checkpoints (C2SP tlog-checkpoint). A restore gets a new one.
    public let origin: String

    /// `origin` nil is `daybook.invalid/<32 hex of log id>/1`.
    public init(logID: [UInt8], origin: String?) throws(LogError) {
        guard logID.count == 16 else { throw .malformed("a log id has 16 bytes") }
        let name = origin ?? "daybook.invalid/\(Hex.encode(logID))/1"
        guard VerifierKey.isValidName(name), name.utf8.count <= 255 else { throw .badOrigin(name) }
        self.logID = logID
        self.origin = name
    }

    static func random(origin: String?) throws(LogError) -> LogIdentity {
        var generator = SystemRandomNumberGenerator()
        return try LogIdentity(
            logID: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }, origin: origin)
    }
}

/// Lower-case hexadecimal.
public enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil unless `text` is an even number of digits in lower case.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let values = text.utf8.map { digits.firstIndex(of: $0) }
        guard values.count.isMultiple(of: 2), !values.contains(nil) else { return nil }
        let known = values.compactMap { $0 }
        return stride(from: 0, to: known.count, by: 2).map { UInt8(known[$0] << 4 | known[$0 + 1]) }
    }
}
