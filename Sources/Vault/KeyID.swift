/// Names a data key: 16 random bytes, so that the name itself says nothing of whose key it is.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// The length of a key id, in bytes.
    public static let byteCount = 16

    /// Nil unless there are exactly 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A fresh id from the operating system's generator.
    static func random() -> KeyID {
        var generator = SystemRandomNumberGenerator()
        return KeyID(high: generator.next(), low: generator.next())
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        bytes.appendBigEndian(high)
        bytes.appendBigEndian(low)
        return bytes
    }

    /// 32 hex digits. Key ids stand in the log in clear.
    public var description: String { Hex.encode(bytes) }
}
