import EventStore
import Foundation
import LMDBKit
import Testing

struct FlipTests {
    /// Single-bit flips anywhere in the file; `DAYBOOK_FLIPS` asks for more.
    private let flips = ProcessInfo.processInfo.environment["DAYBOOK_FLIPS"].flatMap { Int($0) } ?? 200

    @Test func `every flipped bit is named by position or page, or lies in free space and is not`() throws {
        let seed =
            ProcessInfo.processInfo.environment["DAYBOOK_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let copy = try CopyAtRest(count: 1_500, after: 10, seed: seed)
        let oracle = try FlipOracle(copy: copy)
        let whole = try copy.verify()
        #expect(whole.faults == [], "seed \(seed)")
        let bytes = try copy.bytes()
        var kinds: [String: Int] = [:]
        for flip in 0..<flips {
            // Every third in a page's header or its list of entries, which are but a 50th of the file.
            let page = Int.random(in: 0..<bytes.count / 4096, using: &random)
            let offset =
                flip % 3 == 0
                ? page * 4096 + Int.random(in: 0..<64, using: &random) : Int.random(in: 0..<bytes.count, using: &random)
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            var damaged = bytes
            damaged[offset] ^= bit
            try copy.write(damaged)
            let report = try copy.verify()
            let byte = oracle[offset]
            kinds[byte.kind, default: 0] += 1
            #expect(
                byte.isRightlyReported(report, whole: whole),
                "seed \(seed), byte \(offset) of page \(offset / 4096) (+\(offset % 4096)), bit \(bit): \(byte), got \(report.faults.prefix(3))"
            )
        }
        #expect(kinds["record", default: 0] > flips / 5 && kinds["structure", default: 0] > flips / 20, "\(kinds)")
    }
}

extension FlipOracle.Byte {
    var kind: String {
        switch self {
        case .record: "record"
        case .hash: "hash"
        case .structure: "structure"
        case .lenient: "lenient"
        case .free: "free"
        }
    }

    func isRightlyReported(_ report: VerificationReport, whole: VerificationReport) -> Bool {
        switch self {
        case .free: return report == whole
        case .record(let position): return report.faults.first == .record(position: position)
        case .hash(let index): return Self.fault(of: index).map { report.faults.contains($0) } == true
        case .structure(let page, let positions):
            // A record whose length in the page is less than it was is named as a record.
            if case .record(let position)? = report.faults.first, positions.contains(position) { return true }
            return report.pageFaults.contains { fault in
                (fault.page == page || fault.parent == page)
                    && (positions.isEmpty
                        || fault.positions.map { range in positions.contains { range.contains($0) } } == true)
            }
        case .lenient(let page):
            // A meta page that reads well may still be the wrong one: then what was signed is no longer there.
            return report == whole || report.pageFaults.contains { $0.page == page || $0.parent == page }
                || (page < 2 && !report.isIntact)
        }
    }

    private static func fault(of index: UInt64) -> LogFault? {
        for level in 0..<12 {
            for offset: UInt64 in 0..<(1_600 >> UInt64(level))
            where StoredHash.index(level: level, offset: offset) == index {
                return level == 0 ? .record(position: offset) : .node(level: level, offset: offset)
            }
        }
        return nil
    }
}

extension VerificationReport {
    var pageFaults: [PageFault] {
        faults.compactMap { if case .page(let fault) = $0 { fault } else { nil } }
    }
}
