/// A value whose bytes sort as it does: big-endian and of fixed width, so that keys can be put together.
public protocol TableKey: Hashable, Sendable {
    func append(to bytes: inout [UInt8])
    /// Takes the value off the front of `bytes`; nil when there are too few.
    static func take(from bytes: inout UnsafeRawBufferPointer) -> Self?
}

extension TableKey {
    @inlinable
    public var keyBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(to: &bytes)
        return bytes
    }

    @inlinable
    public init?(keyBytes: UnsafeRawBufferPointer) {
        var rest = keyBytes
        guard let value = Self.take(from: &rest), rest.isEmpty else { return nil }
        self = value
    }
}

extension UInt8: TableKey {
    @inlinable
    public func append(to bytes: inout [UInt8]) { bytes.append(self) }
    @inlinable
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> UInt8? {
        guard let first = bytes.first else { return nil }
        bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        return first
    }
}

extension UInt64: TableKey {
    @inlinable
    public func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { bytes.append(contentsOf: $0) }
    }
    @inlinable
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> UInt64? {
        guard bytes.count >= 8 else { return nil }
        let value = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(8))
        return value
    }
}

/// Signed numbers sort by flipping the sign bit.
extension Int64: TableKey {
    @inlinable
    public func append(to bytes: inout [UInt8]) { (UInt64(bitPattern: self) ^ (1 << 63)).append(to: &bytes) }
    @inlinable
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> Int64? {
        UInt64.take(from: &bytes).map { Int64(bitPattern: $0 ^ (1 << 63)) }
    }
}

/// Text takes the rest of the key, so it comes last. At most 511 bytes of key in all.
extension String: TableKey {
    @inlinable
    public func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
    @inlinable
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> String? {
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(bytes.count)) }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// Bytes take the rest of the key, so they come last.
extension [UInt8]: TableKey {
    @inlinable
    public func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: self) }
    @inlinable
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> [UInt8]? {
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(bytes.count)) }
        return [UInt8](bytes)
    }
}

/// Two keys, the first deciding before the second. Nest it for more.
public struct Pair<First: TableKey, Second: TableKey>: TableKey {
    public var first: First
    public var second: Second

    @inlinable
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    @inlinable
    public func append(to bytes: inout [UInt8]) {
        first.append(to: &bytes)
        second.append(to: &bytes)
    }

    @inlinable
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> Self? {
        guard let first = First.take(from: &bytes), let second = Second.take(from: &bytes) else { return nil }
        return Self(first, second)
    }
}
