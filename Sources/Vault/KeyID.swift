/// Names a data key: 16 random bytes, so that the name itself says nothing of whose key it is.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// The length of a key id, in bytes.
    public static let byteCount = 16

    /// Nil unless there are exactly 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        // Every box that is opened passes here; byte by byte it would cost as much as the opening.
        if let id = bytes.withContiguousStorageIfAvailable({ Self(raw: UnsafeRawBufferPointer($0)) }) {
            self = id
        } else {
            self = [UInt8](bytes).withUnsafeBytes { Self(raw: $0) }
        }
    }

    private init(raw: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
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
