import Clinic
import EventStore
import Schema
import Vault

/// What checking the vault has found: whether every key that the log names is there.
struct VaultFinding: Encodable, Sendable {
    var isSound = true
    /// Keys that the log names.
    var keys: UInt64 = 0
    /// Destroyed on purpose, by an erasure.
    var destroyed: UInt64 = 0
    var faultCount: UInt64 = 0
    /// Which are missing or damaged, by where they were first used; the first of them.
    var faults: [String] = []

    private static let faultsMax = 20

    fileprivate mutating func take(_ condition: KeyCondition, _ use: KeyUse, at position: UInt64) {
        keys += 1
        switch condition {
        case .usable: return
        case .destroyed: destroyed += 1
        case .missing, .damaged:
            isSound = false
            faultCount += 1
            guard faults.count < Self.faultsMax else { return }
            faults.append(
                "the key of person \(use.person), \(use.category), first used at \(position), is \(condition)")
        }
    }
}

extension ClinicEngine {
    /// Looks for every key that the log names. Texts under keys that are missing cannot be read any more.
    func verifyVault(_ progress: (Int) throws -> Void) throws -> VaultFinding {
        let reader = LogReader(log)
        let end = log.size
        var finding = VaultFinding()
        var position: UInt64 = 0
        while position < end {
            position = try reader.read(from: position, upTo: end) { recorded in
                for use in recorded.header.keys {
                    let condition = KeyID([UInt8](use.keyID)).map(vault.condition(of:)) ?? .missing
                    finding.take(condition, use, at: recorded.position)
                }
            }
            try progress(Int(position * 1_000 / max(end, 1)))
        }
        return finding
    }
}
