import EventStore
import Foundation
import Logging

/// What comparing the published files, checkpoint, verifier key, tiles and bundles, with the log has found.
struct PublishedFinding: Encodable, Sendable {
    var isSound: Bool
    /// The events that were published.
    var size: UInt64
    var files: UInt64
    var faultCount: UInt64
    /// Which files, and what is wrong with them; the first of them.
    var faults: [String]
    /// Of the files named, those that were written anew from the log when all was found.
    var writtenAnew: [String]
    /// Why others were not.
    var problem: String?
}

extension ClinicEngine {
    /// Compares what is published with a log that was found sound. What is damaged or missing is first found, then written
    /// anew: the finding says what it was.
    func verifyPublished(_ progress: (Int) throws -> Void) throws -> PublishedFinding {
        // Until the first is published, or found, there is nothing to hold to account.
        guard tiles.latest != nil else {
            return PublishedFinding(isSound: true, size: 0, files: 0, faultCount: 0, faults: [], writtenAnew: [])
        }
        var verification = PublishedVerification(log, dataDirectory: options.dataDirectory, key: signerKey)
        while try verification.advance() { try progress(verification.permille) }
        let report = verification.report
        var finding = PublishedFinding(
            isSound: report.isIntact, size: report.size, files: report.fileCount, faultCount: report.faultCount,
            faults: report.faults.map(\.description), writtenAnew: [])
        for fault in report.faults { logger.error("a published file is damaged", metadata: ["file": "\(fault)"]) }
        do {
            finding.writtenAnew = try tiles.mend(report.faults)
        } catch {
            finding.problem = ErrorWords.of(error)
        }
        return finding
    }
}
