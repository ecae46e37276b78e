import Foundation
import LMDBKit

/// The floor under every durable command: liblmdb alone, in the same file system, with default sync flags.
struct RawCommits {
    static let group = "raw liblmdb, 1 record a commit"
    /// About what a stored booking has.
    private static let recordBytes = 300
    private static let batchRecords = 64

    let dir: String
    let scale: Scale

    init(dir: String, _ scale: Scale) {
        self.dir = dir
        self.scale = scale
    }

    func measure(_ figures: inout Figures) throws {
        let folder = dir + "/raw"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let environment = try Environment(path: folder)
        let table = try environment.write { try RawTable("records", in: $0) }
        let record = [UInt8](repeating: 0xA5, count: Self.recordBytes)
        let single = try Timings(scale.commits) { index in
            try environment.write { try table.append(number: UInt64(index), record, in: $0) }
        }
        figures.add(Self.group, single)
        figures.add(Self.group, "commits", single.perSecond, "/s")
        let batched = try Timings(scale.batches) { index in
            try environment.write { transaction in
                let first = scale.commits + index * Self.batchRecords
                for number in first..<first + Self.batchRecords {
                    try table.append(number: UInt64(number), record, in: transaction)
                }
            }
        }
        let group = "raw liblmdb, \(Self.batchRecords) records a commit"
        figures.add(group, batched)
        figures.add(group, "records", batched.perSecond * Double(Self.batchRecords), "/s")
    }
}
