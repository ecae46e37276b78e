import LMDBKit

extension KeyVault {
    /// Looks at every page of the vault without liblmdb, which damage can end the process in.
    ///
    /// - Parameter mayGoOn: asked at each page; an error of it ends the looking.
    public func damagedPages(mayGoOn: () throws -> Void = {}) throws -> [PageFault] {
        try environment.damagedPages(mayGoOn: mayGoOn)
    }

    /// Looks at every entry, whether or not the log names its key; answers in words what is wrong with which.
    ///
    /// - Parameters:
    ///   - known: keys of which it is known already that they are missing or damaged.
    ///   - mayGoOn: asked at each entry; an error of it ends the looking.
    public func damagedEntries(
        known: Set<KeyID> = [], mayGoOn: () throws -> Void = {}
    ) throws -> [String] {
        try environment.read { transaction in
            var faults: [String] = []
            var found: Set<KeyID> = []
            try tables.scanKeys(in: transaction) { bytes, entry in
                try mayGoOn()
                guard let id = bytes.withUnsafeBytes({ KeyID($0) }) else {
                    return faults.append("an entry of keys under what is no key id, of \(bytes.count) bytes")
                }
                found.insert(id)
                guard !known.contains(id) else { return }
                guard let entry else { return faults.append("the entry of key \(id) is damaged") }
                if case .wrapped = entry, (try? epoch.unwrap(entry, id: id)) == nil {
                    faults.append("key \(id) does not unwrap")
                }
            }
            for id in try tables.spareCandidates(in: transaction) where !found.contains(id) && !known.contains(id) {
                faults.append("the spare key \(id) is not in the vault")
            }
            if try tables.description(in: transaction) != VaultDescription(epoch) {
                faults.append("the vault's description is not the one it was opened with")
            }
            return faults
        }
    }
}
