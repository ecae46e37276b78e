import LMDBKit
import Schema
import Vault

/// What checking the drafts outside the log has found: whether each can be read, and opens under its client's key.
struct DraftsFinding: Encodable, Sendable {
    var isSound = true
    var drafts = 0
    /// The first of them.
    var faults: [String] = []

    fileprivate mutating func add(_ fault: String) {
        isSound = false
        if faults.count < LogFinding.pageFaultsMax { faults.append(fault) }
    }
}

extension ClinicEngine {
    /// - `step` is called now and then, and may end the check by an error.
    func verifyDrafts(_ step: () throws -> Void = {}) throws -> DraftsFinding {
        var finding = DraftsFinding()
        try step()
        for fault in try scratches.damagedPages() { finding.add("damaged \(fault)") }
        // liblmdb can die of such pages.
        guard finding.isSound else { return finding }
        do {
            try scratches.forEach { place, draft in
                finding.drafts += 1
                try step()
                guard let draft, let key = KeyID(draft.keyID) else {
                    return finding.add("the draft of note \(place.note) is damaged")
                }
                do {
                    _ = try vault.openContents([UInt8](draft.sealed), .scratch, owner: place.note, with: key)
                } catch VaultError.erased {
                } catch {
                    finding.add("the draft of note \(place.note) does not open: \(error)")
                }
            }
        } catch let error as LMDBError where error.isDamage {
            finding.add("\(error)")
        }
        return finding
    }
}
