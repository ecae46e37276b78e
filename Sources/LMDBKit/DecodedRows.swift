import Glibc
import SwiftProtobuf
import Synchronization

/// Rows of one table as they were when last decoded, so that reading one again compares its bytes and decodes nothing.
///
/// What LMDB has decides: a row is taken from here only when the stored bytes are those it was decoded from.
@usableFromInline
final class DecodedRows<Key: TableKey, Row: Message & Sendable>: Sendable {
    @usableFromInline
    struct Decoded: Sendable {
        @usableFromInline let bytes: [UInt8]
        @usableFromInline let row: Row

        @inlinable
        init(bytes: [UInt8], row: Row) {
            self.bytes = bytes
            self.row = row
        }
    }

    /// Whether rows are kept, too, that a write transaction reads.
    @usableFromInline let areWritersServed: Bool
    @usableFromInline let kept: Mutex<RecentlyUsed<Key, Decoded>>

    /// - Parameter max: how many rows are kept at most.
    @usableFromInline
    init(max: Int, areWritersServed: Bool) {
        kept = Mutex(RecentlyUsed(max: max))
        self.areWritersServed = areWritersServed
    }

    /// The row that `value` is, checksum and all; nil when it must be decoded.
    @inlinable
    func row(at key: Key, _ value: UnsafeRawBufferPointer) -> Row? {
        guard let known = kept.withLock({ $0.value(key) }), Self.holds(known, value) else { return nil }
        return known.row
    }

    @inlinable
    func keep(_ row: Row, at key: Key, _ value: UnsafeRawBufferPointer) {
        let decoded = Decoded(bytes: [UInt8](value), row: row)
        kept.withLock { $0.insert(decoded, for: key) }
    }

    @inlinable
    static func holds(_ decoded: Decoded, _ value: UnsafeRawBufferPointer) -> Bool {
        guard decoded.bytes.count == value.count, let start = value.baseAddress else { return false }
        return memcmp(decoded.bytes, start, value.count) == 0
    }
}
