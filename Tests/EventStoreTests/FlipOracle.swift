import CLMDB
import EventStore
import Foundation
import Glibc
import LMDBKit
import Testing

/// What each byte of an undamaged `data.mdb` is for, as liblmdb itself sees it: the addresses which it gives of live
/// keys and values, taken from the start of its map, are places in the file.
struct FlipOracle {
    enum Byte: Equatable {
        case record(UInt64)
        case hash(UInt64)
        /// What a table's pages are held together by. `positions` are those on the page, if it is of `events`.
        case structure(page: UInt64, positions: Set<UInt64>)
        /// Structure of which some damage leads nowhere else: keys of the free list, ignored keys, meta pages.
        case lenient(page: UInt64)
        /// Space in no use.
        case free
    }

    private var bytes: [Byte]
    private static let pageBytes = 4096

    init(copy: CopyAtRest) throws {
        let file = try copy.bytes()
        bytes = [Byte](repeating: .free, count: file.count)
        let environment = try Environment(path: copy.data + "/log", options: .init(isReadOnlyCopy: true))
        let base = try #require(Self.mapStart(of: copy.data + "/log/data.mdb"))
        let transactionBytes = try environment.read { transaction in
            var painter = Painter(file: file, base: base)
            var dbis: [MDB_dbi] = [0, 1]
            for name in ["meta", "events", "nodes"] {
                var dbi: MDB_dbi = 0
                #expect(mdb_dbi_open(transaction.handle, name, 0, &dbi) == MDB_SUCCESS)
                dbis.append(dbi)
            }
            painter.markFree(transaction.handle)
            for (index, dbi) in dbis.enumerated() { painter.markEntries(transaction.handle, dbi, table: index) }
            return painter.finish()
        }
        bytes = transactionBytes
    }

    subscript(offset: Int) -> Byte { bytes[offset] }

    private static func mapStart(of path: String) -> UInt? {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let line = maps().split(separator: "\n").first { $0.hasSuffix(real) }
        return line.flatMap { UInt($0.prefix { $0 != "-" }, radix: 16) }
    }

    /// One reading after another goes on where the last one ended, by address, so that maps which other threads make and
    /// end meanwhile push out none. A reading by offsets, as Foundation's, may leave some out.
    private static func maps() -> String {
        let descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }
}

/// Paints every byte with its use.
private struct Painter {
    let file: [UInt8]
    let base: UInt
    var bytes: [FlipOracle.Byte?]
    var freePages: Set<Int> = []
    var positions: [Int: Set<UInt64>] = [:]

    init(file: [UInt8], base: UInt) {
        self.file = file
        self.base = base
        bytes = [FlipOracle.Byte?](repeating: nil, count: file.count)
    }

    mutating func markFree(_ transaction: OpaquePointer) {
        each(transaction, 0) { _, value in
            let list = UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size).bindMemory(to: UInt64.self)
            return list.dropFirst().map { Int($0) }
        } take: { painter, pages in
            painter.freePages.formUnion(pages)
        }
    }

    /// Tables: 0 the free list, 1 the main tree, 2 meta, 3 events, 4 nodes.
    mutating func markEntries(_ transaction: OpaquePointer, _ dbi: MDB_dbi, table: Int) {
        each(transaction, dbi) { [base] key, value in
            let number = key.mv_size == 8 ? UInt64(bigEndian: key.mv_data.loadUnaligned(as: UInt64.self)) : 0
            return (
                Int(UInt(bitPattern: key.mv_data) - base), key.mv_size, Int(UInt(bitPattern: value.mv_data) - base),
                value.mv_size, number
            )
        } take: { painter, entry in
            let (key, keySize, value, valueSize, number) = entry
            let isInline = value == key + keySize
            if isInline && (8 + keySize + valueSize) % 2 == 1 { painter.bytes[value + valueSize] = .free }
            if table == 0 { painter.paint(key..<(key + keySize), .lenient(page: UInt64(key / 4096))) }
            guard table >= 3 else { return }
            if table == 3 { painter.positions[key / 4096, default: []].insert(number) }
            painter.paint(value..<(value + valueSize), table == 3 ? .record(number) : .hash(number))
            guard !isInline else { return }
            let page = value / 4096
            let end = (value + valueSize + 4095) / 4096 * 4096
            painter.paint((page * 4096)..<value, .structure(page: UInt64(page), positions: [number]))
            painter.paint((value + valueSize)..<end, .free)
        }
    }

    mutating func finish() -> [FlipOracle.Byte] {
        let pages = file.count / 4096
        for page in 0..<pages {
            let start = page * 4096
            let all = start..<(start + 4096)
            if page < 2 { paint(all, .lenient(page: UInt64(page))) }
            if freePages.contains(page) { paint(all, .free) }
            guard all.contains(where: { bytes[$0] == nil }) else { continue }
            let lower = Int(file[start + 12]) | Int(file[start + 13]) << 8
            let upper = Int(file[start + 14]) | Int(file[start + 15]) << 8
            paint((start + lower)..<(start + upper), .free)
            if file[start + 10] == 1 {
                // A branch page's first key is not looked at.
                let first = start + Int(file[start + 16]) + Int(file[start + 17]) << 8
                let count = Int(file[first + 6])
                paint((first + 8)..<(first + 8 + count), .lenient(page: UInt64(page)))
            }
            paint(all, .structure(page: UInt64(page), positions: positions[page] ?? []))
        }
        return bytes.map { $0 ?? .free }
    }

    /// Paints what is not painted yet.
    private mutating func paint(_ range: Range<Int>, _ byte: FlipOracle.Byte) {
        for offset in range where bytes[offset] == nil { bytes[offset] = byte }
    }

    private mutating func each<Found>(
        _ transaction: OpaquePointer, _ dbi: MDB_dbi, _ find: (MDB_val, MDB_val) -> Found,
        take: (inout Painter, Found) -> Void
    ) {
        var cursor: OpaquePointer?
        #expect(mdb_cursor_open(transaction, dbi, &cursor) == MDB_SUCCESS)
        defer { mdb_cursor_close(cursor) }
        var key = MDB_val()
        var value = MDB_val()
        while mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == MDB_SUCCESS { take(&self, find(key, value)) }
    }
}
