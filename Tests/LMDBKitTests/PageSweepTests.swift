import Foundation
import Glibc
import LMDBKit
import TestKit
import Testing

/// Some tables whose rows are put, replaced and deleted at random, as read models do it.
private struct Store {
    let folder: TemporaryFolder
    var random: SeededGenerator
    let seed: UInt64

    init() throws {
        folder = try TemporaryFolder()
        seed = UInt64.random(in: 0...UInt64.max)
        random = SeededGenerator(seed: seed)
    }

    var file: String { folder.child("data.mdb") }

    func open() throws -> Environment {
        try Environment(path: folder.path, options: .init(mapSizeBytes: 1 << 30, isUnsynced: true))
    }

    /// One transaction, now and then with a child in it that may be dropped.
    mutating func change(_ environment: Environment) throws {
        let transaction = try environment.beginWrite()
        let tables = try ["a", "b", "c"].map { try RawTable($0, in: transaction) }
        for _ in 0..<40 { try change(tables.randomElement(using: &random)!, in: transaction) }
        if Bool.random(using: &random) {
            let child = try transaction.beginChild()
            for _ in 0..<20 { try change(tables[0], in: child) }
            if Bool.random(using: &random) { try child.commit() }
        }
        if Int.random(in: 0..<100, using: &random) == 0 { try tables[2].removeAll(in: transaction) }
        try transaction.commit()
    }

    private mutating func change(_ table: RawTable, in transaction: borrowing WriteTransaction) throws {
        let number = UInt64.random(in: 0..<1_500, using: &random)
        let key = Array("key \(number)".utf8) + [UInt8](repeating: 7, count: Int(number % 40))
        if Int.random(in: 0..<3, using: &random) == 0 {
            try table.delete(key, in: transaction)
        } else {
            // Some of them lie on pages of their own.
            let isLong = Int.random(in: 0..<30, using: &random) == 0
            let count = Int.random(in: 0..<(isLong ? 20_000 : 300), using: &random)
            try table.put(key, [UInt8](repeating: 0xAB, count: count), in: transaction)
        }
    }
}

@Suite struct PageSweepTests {
    @Test func `after any history of puts and deletes every page is whole`() throws {
        var store = try Store()
        let environment = try store.open()
        #expect(try environment.damagedPages() == [])
        for round in 0..<400 {
            try store.change(environment)
            if round % 20 == 0 {
                let faults = try environment.damagedPages()
                #expect(faults == [], "seed \(store.seed): \(faults)")
            }
        }
        #expect(environment.usage().usedBytes > 100 * 4_096)
    }

    @Test func `what is written meanwhile is no damage`() throws {
        var store = try Store()
        let environment = try store.open()
        for _ in 0..<50 { try store.change(environment) }
        nonisolated(unsafe) var writing = store
        nonisolated(unsafe) var failure: (any Error)?
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            do { for _ in 0..<600 { try writing.change(environment) } } catch { failure = error }
            done.signal()
        }
        var looks = 0
        while done.wait(timeout: .now()) == .timedOut {
            let faults = try environment.damagedPages()
            #expect(faults == [], "seed \(store.seed): \(faults)")
            looks += 1
        }
        #expect(failure == nil && looks > 0)
    }

    @Test func `whatever is in a page, looking at it ends, and says so if it is no page of this place`() throws {
        var store = try Store()
        let environment = try store.open()
        for _ in 0..<150 { try store.change(environment) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: store.file))
        let descriptor = Glibc.open(store.file, O_WRONLY)
        defer { close(descriptor) }
        func write(_ bytes: some DataProtocol, at offset: Int) {
            let bytes = Array(bytes)
            #expect(pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count)
        }
        var found = 0
        for round in 0..<300 {
            let page = Int.random(in: 2..<whole.count / 4_096, using: &store.random) * 4_096
            switch round % 3 {
            case 0: write((0..<4_096).map { _ in UInt8.random(in: 0...255, using: &store.random) }, at: page)
            case 1: write([UInt8](repeating: 0, count: 4_096), at: page)
            default:
                let offset = page + Int.random(in: 0..<64, using: &store.random)
                write([whole[offset] ^ 0x20], at: offset)
            }
            let faults = try environment.damagedPages()
            if !faults.isEmpty { found += 1 }
            write(whole[page..<page + 4_096], at: page)
        }
        #expect(found > 60, "seed \(store.seed)")
        #expect(try environment.damagedPages() == [], "seed \(store.seed)")
    }

    @Test func `a file that was cut short while it is open is damage, and nobody dies of looking`() throws {
        var store = try Store()
        let environment = try store.open()
        for _ in 0..<100 { try store.change(environment) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: store.file))
        for bytes in [whole.count / 2, 8_192 + 100, 4_096, 10, 0] {
            #expect(truncate(store.file, off_t(bytes)) == 0)
            #expect(try !environment.damagedPages().isEmpty, "of \(bytes) bytes")
            let descriptor = Glibc.open(store.file, O_WRONLY)
            let written = whole.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
            close(descriptor)
            #expect(written == whole.count)
        }
        #expect(try environment.damagedPages() == [])
    }
}

@Suite struct OpeningCheckTests {
    @Test func `a file of any shorter length is refused with its path, or has all it had`() throws {
        var store = try Store()
        do {
            let environment = try store.open()
            for _ in 0..<100 { try store.change(environment) }
        }
        let whole = try Data(contentsOf: URL(fileURLWithPath: store.file))
        let rows = try count(store)
        var refused = 0
        for bytes in stride(from: 0, to: whole.count, by: 4_096 * 3 + 1_000) {
            try whole.prefix(bytes).write(to: URL(fileURLWithPath: store.file))
            do {
                #expect(try count(store) == rows, "of \(bytes) bytes, seed \(store.seed)")
            } catch let error as LMDBError {
                guard case .damagedFile(let path, _) = error else { throw error }
                #expect(path == store.file && error.isDamage)
                refused += 1
            }
        }
        #expect(refused > 20, "seed \(store.seed)")
    }

    /// Reads everything there is.
    private func count(_ store: Store) throws -> Int {
        let environment = try store.open()
        return try environment.read { transaction in
            var rows = 0
            for name in ["a", "b", "c"] {
                try RawTable(existing: name, in: transaction).scan(in: transaction) { _, _ in
                    rows += 1
                    return .next
                }
            }
            return rows
        }
    }

    @Test func `a table whose root is no page of the file is met before liblmdb meets it`() throws {
        var store = try Store()
        do {
            let environment = try store.open()
            for _ in 0..<20 { try store.change(environment) }
        }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: store.file))
        // In a leaf page: the head of an entry of one key byte, the key, and the record, which ends in the root.
        let head: [UInt8] = [48, 0, 0, 0, 2, 0, 1, 0, UInt8(ascii: "a")]
        var start = bytes.startIndex
        while let entry = bytes[start...].range(of: Data(head)) {
            bytes.replaceSubrange(entry.upperBound + 40..<entry.upperBound + 44, with: Data(repeating: 0xFE, count: 4))
            start = entry.upperBound + 48
        }
        #expect(start > bytes.startIndex)
        try bytes.write(to: URL(fileURLWithPath: store.file))
        let error = #expect(throws: LMDBError.self) { try store.open() }
        #expect(error?.isDamage == true && error?.description.contains(" of a") == true, "\(String(describing: error))")
    }
}
