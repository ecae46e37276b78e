import Foundation
import Glibc
import LMDBKit
import Testing

@testable import EventStore

/// Damage to the file of a log that is in use, by whoever can write there.
private struct OpenLog {
    let published: Published
    let file: String
    let whole: [UInt8]

    init(events: Int, in batch: Int) throws {
        published = try Published()
        while Int(published.log.size) < events { try published.append(batch) }
        _ = try published.publisher().publish()
        file = published.folder.data + "/log/data.mdb"
        whole = try published.folder.bytes("data/log/data.mdb")
    }

    func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws {
        let descriptor = open(file, O_WRONLY)
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        #expect(written == bytes.count)
    }

    func restore(_ page: Int) throws { try write(whole[(page * 4096)..<((page + 1) * 4096)], at: page * 4096) }

    func verification() throws -> LogVerification {
        try LogVerification(
            published.log, dataDirectory: published.folder.data, keysDirectory: published.folder.keys,
            key: published.signer.key)
    }

    func verify() throws -> LogVerification {
        var job = try verification()
        try job.run { _, _ in true }
        return job
    }

    /// The leaf page that has the record at `position`.
    func page(of position: UInt64) throws -> Int {
        let page = try published.log.pages { walk, _ -> UInt64? in
            guard let events = PageTables(walk)["events"] else { return nil }
            let cursor = PageCursor(
                walk, events.record, table: "events", keys: .gapless { $0 }, parent: events.page, start: position)
            guard case .entry(let entry) = cursor.next(), PageCursor.number(entry.key) == position else { return nil }
            return entry.page
        }
        return Int(try #require(page))
    }
}

struct RunningPageTests {
    @Test func `a whole log is walked in steps, which tell how far they are, and then read`() throws {
        let open = try OpenLog(events: 6_000, in: 1_000)
        var job = try open.verification()
        var seen: [Int] = []
        while try job.advance() { seen.append(job.permille) }
        #expect(job.arePagesWhole && job.report.faults == [])
        #expect(seen == seen.sorted() && seen.contains { $0 < 500 } && seen.contains { $0 > 500 })
        #expect(job.permille == 1_000)
        #expect(try job.report.root == open.published.log.root(at: 6_000))
    }

    @Test func `between two steps pages are freed and used again, and each goes on where the one before ended`() throws
    {
        let open = try OpenLog(events: 2_000, in: 500)
        var check = RunningPageCheck(open.published.log, stepTime: .zero)
        var steps = 0
        while try check.advance() {
            steps += 1
            for _ in 0..<3 { try open.published.append(1) }
        }
        #expect(check.faults == [])
        #expect(steps > 2_000 / 16 && check.permille == 1_000)
        // Nor is a map that is grown meanwhile an obstacle.
        var other = RunningPageCheck(open.published.log, stepTime: .zero)
        #expect(try other.advance())
        for _ in 0..<2 { try open.published.log.growIfNeeded(force: true) }
        while try other.advance() {}
        #expect(other.faults == [])
    }

    @Test func `damage that each step meets again is said once`() throws {
        let open = try OpenLog(events: 3_000, in: 100)
        // The meta page that is not in use until the next commit.
        let page = try open.published.log.pages { _, commit in Int(1 - commit & 1) }
        try open.write([0xEE], at: page * 4096 + 11)
        var check = RunningPageCheck(open.published.log, stepTime: .zero)
        while try check.advance() {}
        #expect(check.faults.count == 1, "\(check.faults)")
        try open.restore(page)
    }

    @Test func `a damaged page of a running log is named with its positions, and nothing is read through it`() throws {
        let open = try OpenLog(events: 5_000, in: 1_000)
        let page = try open.page(of: 2_345)
        // Entries that begin wherever: liblmdb follows them.
        try open.write([UInt8](repeating: 0xEE, count: 200)[...], at: page * 4096 + 12)
        let job = try open.verify()
        #expect(!job.arePagesWhole)
        #expect(job.report.faults.count == 1, "\(job.report.faults)")
        let fault = try #require(job.report.pageFaults.first)
        #expect(fault.page == UInt64(page) && fault.table == "events")
        #expect(fault.positions?.contains(2_345) == true && (fault.positions?.count ?? 0) < 500)
        try open.restore(page)
        #expect(try open.verify().report.faults == [])
    }

    @Test func `whatever a page is filled with, the process goes on and says so, or reads what is right`() throws {
        let open = try OpenLog(events: 3_000, in: 100)
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var damaged = 0
        for round in 0..<120 {
            let page = Int.random(in: 2..<open.whole.count / 4096, using: &random)
            switch round % 3 {
            case 0: try open.write(random.bytes(4096)[...], at: page * 4096)
            case 1: try open.write([UInt8](repeating: 0, count: 4096)[...], at: page * 4096)
            default:
                let offset = Int.random(in: 0..<64, using: &random)
                try open.write([open.whole[page * 4096 + offset] ^ 0x40], at: page * 4096 + offset)
            }
            let job = try open.verify()
            if !job.report.isIntact { damaged += 1 }
            #expect(job.report.isIntact || !job.report.faults.isEmpty, "seed \(seed)")
            try open.restore(page)
        }
        #expect(damaged > 20, "seed \(seed)")
        #expect(try open.verify().report.faults == [])
    }

    @Test func `a page of zeros ends a read with the position, and not the process`() throws {
        let open = try OpenLog(events: 5_000, in: 1_000)
        let page = try open.page(of: 2_345)
        try open.write([UInt8](repeating: 0, count: 4096)[...], at: page * 4096)
        var next: UInt64 = 2_000
        let error = #expect(throws: LogError.self) {
            while next < 3_000 { next = try open.published.log.read(from: next, upTo: 3_000) { _, _ in } }
        }
        guard case .damaged(let position) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(position <= 2_345 && position > 2_200)
        try open.restore(page)
        while next < 3_000 { next = try open.published.log.read(from: next, upTo: 3_000) { _, _ in } }
    }

    @Test(arguments: [0, 1]) func `a damaged meta page of a running log is reported`(_ page: Int) throws {
        let open = try OpenLog(events: 300, in: 100)
        try open.write([UInt8](repeating: 0xEE, count: 32)[...], at: page * 4096)
        let job = try open.verify()
        #expect(job.report.pageFaults.contains { $0.page == UInt64(page) })
        try open.restore(page)
    }
}
