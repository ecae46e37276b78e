import EventStore
import Foundation
import Schema

/// What checking the log has found.
struct LogFinding: Encodable, Sendable {
    var isSound: Bool
    var size: UInt64
    /// The size of the largest signed checkpoint that it agrees with.
    var checkpointSize: UInt64?
    var faultCount: UInt64
    /// What is wrong and where, in words; the first of them.
    var faults: [String]
    /// Whether the file's pages are as they should be. If not, no record was read.
    var arePagesWhole: Bool

    /// Of other files than the log, as many damaged pages are told.
    static let pageFaultsMax = 20
}

extension ClinicEngine {
    /// Looks at every page of the file, then reads every record, hashes it again, and holds the tree against the signed checkpoints.
    func verifyLog(_ progress: (Int) throws -> Void) throws -> LogFinding {
        var verification = try LogVerification(
            log, dataDirectory: options.dataDirectory, keysDirectory: options.keysDirectory, key: signerKey)
        while try verification.advance() {
            try progress(verification.permille)
        }
        let report = verification.report
        return LogFinding(
            isSound: report.isIntact, size: report.size, checkpointSize: report.checkpointSize,
            faultCount: report.faultCount, faults: report.faults.map(\.description),
            arePagesWhole: verification.arePagesWhole)
    }

    var latestCheckpoint: Checkpoint? { background.latestCheckpoint }
}
