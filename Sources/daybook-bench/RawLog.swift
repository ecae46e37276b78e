import Foundation
import LMDBKit

/// A table in an environment of its own with default sync flags, to which records are appended durably.
struct RawLog {
    /// About what a stored booking has.
    private static let record = [UInt8](repeating: 0xA5, count: 240)

    private let folder: String
    private let environment: Environment
    private let table: RawTable
    private var next: UInt64 = 0

    init(dir: String) throws {
        folder = dir + "/raw"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        environment = try Environment(path: folder)
        table = try environment.write { try RawTable("records", in: $0) }
    }

    /// Appends so many records in one commit, which is on the disk when this returns.
    mutating func commit(records count: UInt64) throws {
        let range = next..<next + count
        try environment.write { transaction in
            for number in range { try table.append(number: number, Self.record, in: transaction) }
        }
        next = range.upperBound
    }

    /// Takes the files away; the log must not be used afterwards.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
