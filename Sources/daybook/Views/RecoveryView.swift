import DaybookClient
import EventStore
import Foundation
import Vault

/// What came of bringing a log back: a table, or JSON.
struct RecoveryView {
    let places: LogRecovery.Places
    let outcome: Result<RecoveryReport, RecoveryError>

    /// - Throws: why there is no log, when there is none.
    func show(on screen: Screen, json: Bool) throws {
        switch outcome {
        case .success(let report):
            if json { return screen.write(Self.json(report, lost: lost(report), wanting: wanting)) }
            screen.write(Pairs.lines(pairs(report)))
        case .failure(let error):
            if json { screen.write(Self.json(error)) }
            if case .damaged(let faults) = error, !json { screen.write(faults.map { "\($0)".printable }) }
            throw error.isDamage ? ClientError.damaged("\(error)") : UsageError("\(error).")
        }
    }

    private func pairs(_ report: RecoveryReport) -> [(String, String)] {
        var pairs = [
            ("Brought back", "\(report.size) events, 0 to \(report.size - 1), each as it was signed"),
            ("Log", report.logPath), ("Origin", report.origin), ("Vouched for by", report.checkpointPath),
        ]
        pairs += lost(report).map { ("Not brought back", $0) }
        pairs += report.remarks.map { ("Not needed", $0) }
        pairs += wanting.map { ("Before a start", $0) }
        pairs.append(("Next", "start the daemon, which makes state and read models again; then daybook verify"))
        return pairs
    }

    /// What was recorded and is not in the new log.
    private func lost(_ report: RecoveryReport) -> [String] {
        var lost = [
            "what was recorded after event \(report.size - 1): nothing signed vouches for it. "
                + "A running daemon signs every second, so that is the last moment before the end"
        ]
        if report.unsignedCount > 0 {
            lost.append(
                "\(report.unsignedCount) records that lie in the bundles behind it, from \(report.size) on, unsigned")
        }
        return lost
    }

    /// What the daemon needs besides the log, and cannot be made from it.
    private var wanting: [String] {
        var wanting = KeyFiles.faults(in: places.keysDirectory, logID: places.logID)
        let files = [
            (places.keysDirectory + "/checkpoint.key", "the signing key"),
            (places.dataDirectory + "/vault/data.mdb", "the vault, without which no private text can be read"),
        ]
        for (path, what) in files where !FileManager.default.fileExists(atPath: path) {
            wanting.append("\(path) is missing, \(what): restore it from its backup")
        }
        if !KeyFiles.hasEpochKey(in: places.keysDirectory) {
            wanting.append("\(places.keysDirectory) has no key that opens the vault: restore it from its backup")
        }
        return wanting
    }

    private static func json(_ report: RecoveryReport, lost: [String], wanting: [String]) -> [UInt8] {
        var document = JobRequest()
        document.add("isRecovered", true)
        document.add("size", report.size)
        document.add("log", report.logPath)
        document.add("origin", report.origin)
        document.add("root", Data(report.root.bytes).base64EncodedString())
        document.add("checkpoint", report.checkpointPath)
        document.add("unsigned", report.unsignedCount)
        document.add("notRecovered", json: list(lost))
        document.add("remarks", json: list(report.remarks))
        document.add("wanting", json: list(wanting))
        return document.bytes
    }

    private static func json(_ error: RecoveryError) -> [UInt8] {
        var document = JobRequest()
        document.add("isRecovered", false)
        document.add("problem", "\(error)")
        if case .damaged(let faults) = error { document.add("faults", json: list(faults.map(\.description))) }
        return document.bytes
    }

    private static func list(_ texts: [String]) -> String {
        "[\(texts.map(JobRequest.quoted).joined(separator: ","))]"
    }
}
