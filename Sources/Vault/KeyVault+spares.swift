import Crypto
import LMDBKit
import Synchronization

extension KeyVault {
    /// How many spare keys are at hand.
    public var sparesAtHand: Int { spares.withLock { $0.count } }

    /// A key that seals nothing yet, already durable. From memory; only when none is left does it make a batch first,
    /// which costs a sync of the disk.
    public func takeSpare() throws(VaultError) -> KeyID {
        while true {
            if let id = spares.withLock({ $0.take() }) { return id }
            try refill { $0.count == 0 }
        }
    }

    /// Takes back a spare whose batch was dropped before it was committed. Without this it is found again at a start,
    /// or lies unused.
    public func giveBackSpare(_ id: KeyID) {
        spares.withLock { $0.giveBack(id) }
    }

    /// Makes a batch of spare keys in one durable commit when fewer than a quarter of one remain, and answers whether
    /// it did. For a background thread.
    @discardableResult
    public func refillIfNeeded() throws(VaultError) -> Bool {
        try refill { $0.isLow }
    }

    @discardableResult
    private func refill(when isNeeded: (SparePool) -> Bool) throws(VaultError) -> Bool {
        try refilling.withLock { _ throws(VaultError) in
            guard spares.withLock({ isNeeded($0) }) else { return false }
            let struck = spares.withLock { $0.noLongerCandidates }
            var batch: [(id: KeyID, key: SymmetricKey, entry: KeyEntry)] = []
            for _ in 0..<SparePool.batchSize {
                let id = KeyID.random()
                let key = SymmetricKey(size: .bits256)
                batch.append((id, key, try epoch.wrap(key, id: id)))
            }
            try mappingStorageErrors {
                try environment.write { transaction in
                    for made in batch {
                        try tables.put(made.entry, for: made.id, in: transaction)
                        try tables.addSpare(made.id, in: transaction)
                    }
                    for id in struck { try tables.strikeSpare(id, in: transaction) }
                }
            }
            cache.withLock { cache in for made in batch { cache.insert(made.key, for: made.id) } }
            spares.withLock { $0.refilled(with: batch.map(\.id), struck: struck) }
            return true
        }
    }

    /// Writes a tombstone in the key's place, and forgets the key. Only the newest page of the file loses the key:
    /// erasure is complete when the epoch's key is destroyed too.
    func bury(_ id: KeyID) throws(VaultError) {
        try mappingStorageErrors {
            try environment.write { try tables.put(.tombstone(epoch: epoch.number), for: id, in: $0) }
        }
        cache.withLock { $0.forget(id) }
    }
}
