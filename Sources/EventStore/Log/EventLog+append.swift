import LMDBKit
import Synchronization

extension EventLog {
    /// Appends `records` at `expected`, which must be the log's size: all of them, durably, or none.
    ///
    /// One commit, tree nodes included; reads O(1) of what is stored.
    /// - Returns: the new size.
    /// - Throws: `wrongPosition`, `recordSize`, `diskFull`, `mapFull`, `storage`: nothing was written.
    ///   `outcomeUnknown`: end the process without an answer.
    public func append(_ records: [[UInt8]], at expected: UInt64) throws(LogError) -> UInt64 {
        for record in records where record.isEmpty || record.count > Self.recordBytesMax {
            throw .recordSize(bytes: record.count)
        }
        return try frontier.withLock { frontier throws(LogError) in
            guard frontier.size == expected else { throw .wrongPosition(expected: expected, actual: frontier.size) }
            guard !records.isEmpty else { return expected }
            var grown = frontier
            var isCommitting = false
            do throws(LMDBError) {
                let transaction = try environment.beginWrite()
                try tables.append(records, growing: &grown, in: transaction)
                isCommitting = true
                try transaction.commit()
            } catch {
                throw isCommitting ? afterFailedCommit(error, size: expected) : LogError(error)
            }
            frontier = grown
            head.advance(to: grown.size)
            return grown.size
        }
    }

    /// Doubles the map when 85 % of it is in use, with every reader parked. Call it between batches, on the writer.
    ///
    /// - Parameter force: grow in any case, after `mapFull`.
    /// - Returns: whether the map was grown.
    @discardableResult
    public func growIfNeeded(force: Bool = false) throws(LogError) -> Bool {
        let usage = environment.usage()
        guard force || usage.usedBytes >= usage.mapSizeBytes / 100 * 85 else { return false }
        // Holding the frontier keeps writers out as the gate keeps readers.
        try frontier.withLock { _ throws(LogError) in
            try gate.exclusive { () throws(LogError) in
                try sortingErrors { try environment.growMap(toBytes: usage.mapSizeBytes * 2) }
            }
        }
        return true
    }

    /// Full is "nothing written" only if the environment says so itself: its meta page may have met the full disk.
    private func afterFailedCommit(_ error: LMDBError, size: UInt64) -> LogError {
        guard error == .diskFull || error == .mapFull else { return .outcomeUnknown(error) }
        do {
            let transaction = try environment.beginWrite()
            guard try UInt64(tables.events.count(in: transaction)) == size else { return .outcomeUnknown(error) }
            return LogError(error)
        } catch let later {
            return .outcomeUnknown(later)
        }
    }
}

extension LogTables {
    /// Stores records at the end, and every hash that goes with them.
    func append(
        _ records: [[UInt8]], growing frontier: inout Frontier, in transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        for record in records {
            let position = frontier.size
            let leaf = TreeHash.leaf(record)
            var hashes: [TreeHash] = []
            frontier.append(leaf) { hashes.append($0) }
            try events.append(number: position, record, in: transaction)
            var index = StoredHash.leafIndex(position)
            for hash in hashes {
                try hash.withUnsafeBytes { bytes throws(LMDBError) in
                    try nodes.append(number: index, bytes, in: transaction)
                }
                index += 1
            }
        }
    }
}
