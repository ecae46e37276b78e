import LMDBKit

extension EventLog {
    /// A page's limits: as long as one snapshot may keep pages from being used again.
    public static let pageEventsMax = 1_000
    static let pageTime = Duration.milliseconds(20)

    /// Reads one page: records from `start` to before `end`, at most `max` or 20 ms of them, each checked against its leaf.
    ///
    /// Fix `end` at the beginning and call again from the answer until it is reached. The bytes end with the call.
    /// - Returns: the position after the last one read.
    /// - Throws: `damaged` at the first missing or changed record; `outOfRange`; or what `body` throws.
    public func read(
        from start: UInt64, upTo end: UInt64, max: Int = pageEventsMax,
        _ body: (_ position: UInt64, _ record: UnsafeRawBufferPointer) throws -> Void
    ) throws -> UInt64 {
        let size = size
        guard start <= end, end <= size else { throw LogError.outOfRange(requested: Swift.max(start, end), size: size) }
        guard start < end, max > 0 else { return start }
        let limit = Swift.min(end, start + UInt64(Swift.min(max, Self.pageEventsMax)))
        let deadline = ContinuousClock.now + Self.pageTime
        var next = start
        var isBodys = false
        do {
            try gate.shared {
                try environment.read { transaction in
                    let leaves = try NumberCursor(tables.nodes, in: transaction)
                    try tables.events.scan(gaplessFrom: start, in: transaction) { _, record in
                        guard try leaves.get(StoredHash.leafIndex(next), { TreeHash($0) }) == TreeHash.leaf(record)
                        else { throw LogError.damaged(position: next) }
                        isBodys = true
                        try body(next, record)
                        isBodys = false
                        next += 1
                        // The clock costs 25 ns; every 16 records is near enough.
                        let isLate = next & 15 == 0 && ContinuousClock.now >= deadline
                        return next == limit || isLate ? .stop : .next
                    }
                }
            }
        } catch let error as LMDBError where !isBodys {
            // Told from what `body` met in an environment of its own.
            throw error.isDamage ? LogError.damaged(position: next) : LogError(error)
        }
        // Fewer than the log's size promises: the rest is missing.
        guard next > start else { throw LogError.damaged(position: next) }
        return next
    }

    /// Reads every record from `start` to before `end`, page by page.
    public func readAll(
        from start: UInt64, upTo end: UInt64,
        _ body: (_ position: UInt64, _ record: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var next = start
        repeat { next = try read(from: next, upTo: end, body) } while next < end
    }

    /// The record at `position`, checked against its leaf; nil at and beyond the log's end.
    public func record(at position: UInt64) throws(LogError) -> [UInt8]? {
        guard position < size else { return nil }
        let record = try snapshot { transaction in
            try tables.events.get(number: position, in: transaction) { record in
                try tables.holds(record, at: position, in: transaction) ? [UInt8](record) : nil
            }
        }
        guard let record = record ?? nil else { throw .damaged(position: position) }
        return record
    }
}

extension LogTables {
    /// Whether `record` has the leaf hash stored for `position`.
    func holds(
        _ record: UnsafeRawBufferPointer, at position: UInt64, in transaction: borrowing some Transaction & ~Copyable
    ) throws -> Bool {
        try nodes.get(number: StoredHash.leafIndex(position), in: transaction) { TreeHash($0) } == TreeHash.leaf(record)
    }

    /// The stored hash of a complete subtree.
    func node(
        level: Int, offset: UInt64, in transaction: borrowing some Transaction & ~Copyable
    ) throws -> TreeHash {
        let index = StoredHash.index(level: level, offset: offset)
        guard let hash = try nodes.get(number: index, in: transaction, { TreeHash($0) }) ?? nil else {
            throw LogError.malformed("node \(offset) of level \(level) is missing")
        }
        return hash
    }
}
