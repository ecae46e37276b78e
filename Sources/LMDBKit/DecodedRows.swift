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

    /// Two generations stand in for a list by last use: the old one goes when the young one is full.
    @usableFromInline
    struct Generations: Sendable {
        @usableFromInline var young: [Key: Decoded] = [:]
        @usableFromInline var old: [Key: Decoded] = [:]

        @inlinable
        init() {}
    }

    @usableFromInline let generationMax: Int
    /// Whether rows are kept, too, that a write transaction reads.
    @usableFromInline let areWritersServed: Bool
    @usableFromInline let generations = Mutex(Generations())

    /// - Parameter max: how many rows are kept at most.
    @usableFromInline
    init(max: Int, areWritersServed: Bool) {
        generationMax = max / 2
        self.areWritersServed = areWritersServed
    }

    /// The row that `value` is, checksum and all; nil when it must be decoded.
    @inlinable
    func row(at key: Key, _ value: UnsafeRawBufferPointer) -> Row? {
        generations.withLock { generations in
            if let known = generations.young[key] { return Self.holds(known, value) ? known.row : nil }
            guard let known = generations.old[key], Self.holds(known, value) else { return nil }
            add(known, at: key, to: &generations)
            return known.row
        }
    }

    @inlinable
    func keep(_ row: Row, at key: Key, _ value: UnsafeRawBufferPointer) {
        let decoded = Decoded(bytes: [UInt8](value), row: row)
        generations.withLock { add(decoded, at: key, to: &$0) }
    }

    @inlinable
    func add(_ decoded: Decoded, at key: Key, to generations: inout Generations) {
        if generations.young.count >= generationMax {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.young[key] = decoded
    }

    @inlinable
    static func holds(_ decoded: Decoded, _ value: UnsafeRawBufferPointer) -> Bool {
        guard decoded.bytes.count == value.count, let start = value.baseAddress else { return false }
        return memcmp(decoded.bytes, start, value.count) == 0
    }
}
