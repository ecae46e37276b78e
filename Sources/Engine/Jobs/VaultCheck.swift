import Clinic
import EventStore
import LMDBKit
import ProjectionKit
import Schema
import Vault

/// What checking the vault has found: whether its file is whole, and every key that the log names is there.
struct VaultFinding: Encodable, Sendable {
    var isSound = true
    /// Keys that the log names.
    var keys: UInt64 = 0
    /// Destroyed on purpose, by an erasure.
    var destroyed: UInt64 = 0
    var faultCount: UInt64 = 0
    /// Damaged pages and entries, and which keys are missing or damaged, by where they were first used; the first of them.
    var faults: [String] = []
    /// Whether the file's pages are as they should be. If not, no key was read.
    var arePagesWhole = true

    fileprivate mutating func take(_ condition: KeyCondition, _ use: KeyUse, at position: UInt64) {
        keys += 1
        switch condition {
        case .usable: return
        case .destroyed: destroyed += 1
        case .missing, .damaged:
            add("the key of person \(use.person), \(use.category), first used at \(position), is \(condition)")
        }
    }

    fileprivate mutating func add(_ fault: String) {
        isSound = false
        faultCount += 1
        if faults.count < LogFinding.pageFaultsMax { faults.append(fault) }
    }
}

extension ClinicEngine {
    /// Looks at every page, then for every key that the log names, then at every entry. Texts under keys that are missing
    /// cannot be read any more.
    func verifyVault(_ progress: (Int) throws -> Void) throws -> VaultFinding {
        let reader = LogReader(log)
        let end = log.size
        var finding = VaultFinding()
        for fault in try vault.damagedPages(mayGoOn: { try progress(0) }) {
            finding.arePagesWhole = false
            finding.add("damaged \(fault)")
        }
        guard finding.arePagesWhole else { return finding }
        var lost: Set<KeyID> = []
        var position: UInt64 = 0
        while position < end {
            position = try reader.read(from: position, upTo: min(end, position + Pace.records)) { recorded in
                for use in recorded.header.keys {
                    let id = KeyID([UInt8](use.keyID))
                    let condition = id.map(vault.condition(of:)) ?? .missing
                    if let id, condition == .missing || condition == .damaged { lost.insert(id) }
                    finding.take(condition, use, at: recorded.position)
                }
            }
            try progress(Int(position * 1_000 / max(end, 1)))
        }
        do {
            for fault in try vault.damagedEntries(known: lost, mayGoOn: { try progress(1_000) }) { finding.add(fault) }
        } catch let error as LMDBError where error.isDamage {
            finding.add("\(error)")
        }
        return finding
    }
}
