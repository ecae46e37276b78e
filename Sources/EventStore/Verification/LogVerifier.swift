import Glibc
import LMDBKit

/// Verifies a copy of a log that no daemon has open, without liblmdb, so that no damage can end the process.
///
/// Checked are every page in use, the gapless numbering, every record against its leaf, every inner node against the
/// two below it, and the root against the signed checkpoints that lie beside it. Free space may hold anything.
public struct LogVerifier {
    private let walk: PageWalk
    private var report = VerificationReport()
    private let progress: (UInt64, UInt64) -> Void
    private var published = PublishedAudit(directory: "", size: 0, key: nil)

    /// Verifies `<directory>/log/data.mdb` with the anchor and tiles beside it.
    ///
    /// - Parameters:
    ///   - keysDirectory: where the second anchor and the signing key are, if they are to hand.
    ///   - key: the verifier key, if it is known from elsewhere; else the signing key's, else the published one.
    ///   - progress: told the position being checked and the number of events, every 1,000 positions.
    /// - Throws: only what keeps the files from being read; damage is in the report.
    public static func verifyCopy(
        at directory: String, keysDirectory: String? = nil, key: VerifierKey? = nil,
        progress: @escaping (_ position: UInt64, _ size: UInt64) -> Void = { _, _ in }
    ) throws(LogError) -> VerificationReport {
        var verifier = LogVerifier(walk: try PageWalk(logIn: directory), progress: progress)
        return try verifier.run(directory, keysDirectory, key)
    }

    /// The same, writing a line `position size` to a descriptor before each 1,000 positions, so that a parent process
    /// knows how far its child came.
    public static func verifyCopy(
        at directory: String, keysDirectory: String? = nil, key: VerifierKey? = nil, progressDescriptor: Int32
    ) throws(LogError) -> VerificationReport {
        try verifyCopy(at: directory, keysDirectory: keysDirectory, key: key) { position, size in
            let line = Array("\(position) \(size)\n".utf8)
            // A parent that has gone away is no reason to stop.
            _ = write(progressDescriptor, line, line.count)
        }
    }

    private init(walk: PageWalk, progress: @escaping (UInt64, UInt64) -> Void) {
        self.walk = walk
        self.progress = progress
    }

    private mutating func run(
        _ directory: String, _ keysDirectory: String?, _ key: VerifierKey?
    ) throws(LogError) -> VerificationReport {
        for fault in walk.metaFaults { report.add(.page(fault)) }
        let tables = PageTables(walk)
        for fault in tables.faults { report.add(fault) }
        let identity = tables["meta"].flatMap { readIdentity($0) }
        var key = key
        if key == nil, let keysDirectory, let origin = identity?.origin,
            DurableFile.exists(CheckpointSigner.path(in: keysDirectory))
        {
            key = readSigningKey(keysDirectory, origin)
        }
        var checkpoints = try SignedCheckpoints(
            dataDirectory: directory, keysDirectory: keysDirectory, key: key, origin: identity?.origin)
        for fault in checkpoints.faults { report.add(fault) }
        published = PublishedAudit(
            directory: directory + "/tiles", size: checkpoints.publishedSize, key: checkpoints.key)
        if let events = tables["events"], let nodes = tables["nodes"] { auditTree(events, nodes, &checkpoints) }
        for fault in walk.checkFreeList(areTreesWhole: report.isIntact) { report.add(.page(fault)) }
        // They say nothing of the log's own pages.
        for fault in published.report.faults { report.add(.published(fault)) }
        report.faultCount += published.report.faultCount - UInt64(published.report.faults.count)
        return report
    }

    private mutating func readSigningKey(_ keysDirectory: String, _ origin: String) -> VerifierKey? {
        do throws(LogError) {
            return try CheckpointSigner.load(from: keysDirectory, name: origin).key
        } catch .badCheckpoint(let path, let reason) {
            report.add(.file(path: path, reason: reason))
        } catch {
            report.add(.file(path: CheckpointSigner.path(in: keysDirectory), reason: "\(error)"))
        }
        return nil
    }

    private mutating func readIdentity(_ table: PageTables.Table) -> LogIdentity? {
        let cursor = PageCursor(walk, table.record, table: "meta", keys: .text, parent: table.page)
        var values: [String: [UInt8]] = [:]
        while let step = cursor.next() {
            switch step {
            case .fault(let fault): report.add(.page(fault))
            case .entry(let entry):
                let body = entry.value.withUnsafeBytes { value in
                    entry.key.withUnsafeBytes { CheckedValue.body(of: value, key: $0).map { [UInt8]($0) } }
                }
                if let body {
                    values[String(decoding: entry.key, as: UTF8.self)] = body
                } else {
                    report.add(.page(PageFault(page: entry.page, table: "meta", "a value without its checksum")))
                }
            }
        }
        if !cursor.hasFault, let mismatch = cursor.mismatch() { report.add(.page(mismatch)) }
        guard values["format"] == Array(LogTables.format.utf8), let id = values["id"], let origin = values["origin"],
            let identity = try? LogTables.identity(id: id, origin: origin)
        else {
            report.add(.description("meta does not say which log this is"))
            return nil
        }
        return identity
    }

    private mutating func auditTree(
        _ events: PageTables.Table, _ nodes: PageTables.Table, _ checkpoints: inout SignedCheckpoints
    ) {
        var records = NumberedEntries(
            PageCursor(walk, events.record, table: "events", keys: .gapless { $0 }, parent: events.page))
        var hashes = NumberedEntries(
            PageCursor(
                walk, nodes.record, table: "nodes", keys: .gapless(positions: StoredHash.positions), parent: nodes.page)
        )
        var audit = TreeAudit()
        while true {
            // Nothing can be read of what lies before both the next record and the next hash.
            let next = [records.peek()?.number, hashes.peek().map { StoredHash.position(of: $0.number) }]
            guard let position = next.compactMap({ $0 }).min() else { break }
            while let size = checkpoints.nextSize, size <= position, size > audit.size {
                audit.skip(to: size)
                for fault in checkpoints.compare(audit.root) { report.add(fault) }
            }
            audit.skip(to: max(audit.size, position))
            published.skip(to: audit.size)
            if position % 1_000 == 0 { progress(position, events.record.entries) }
            take(&audit, &records, &hashes)
            if checkpoints.nextSize == audit.size {
                for fault in checkpoints.compare(audit.root) { report.add(fault) }
            }
        }
        report.size = audit.size
        for fault in records.faults + hashes.faults { report.add(.page(fault)) }
        for entries in [records, hashes] where entries.faults.isEmpty {
            if let mismatch = entries.cursor.mismatch() { report.add(.page(mismatch)) }
        }
        report.root = report.isIntact ? audit.root : nil
        for fault in checkpoints.end(size: audit.size) { report.add(fault) }
        report.checkpointSize = checkpoints.largestHeld
    }

    /// Audits the next position with what can be read of it.
    private mutating func take(
        _ audit: inout TreeAudit, _ records: inout NumberedEntries, _ hashes: inout NumberedEntries
    ) {
        let position = audit.size
        let record = records.take(position)
        let stored = hashes.take(through: StoredHash.leafIndex(position + 1) - 1)
        if record == nil && records.faults.isEmpty {
            report.add(.missing(table: "events", positions: position..<(position + 1)))
        }
        if stored[StoredHash.leafIndex(position)] == nil && hashes.faults.isEmpty {
            report.add(.missing(table: "nodes", positions: position..<(position + 1)))
        }
        var found: [LogFault] = []
        let leaf = record.map { TreeHash.leaf($0) }
        // Only a record that is what it was can tell what a tile should be.
        published.take(stored[StoredHash.leafIndex(position)].flatMap { TreeHash($0) } == leaf ? record : nil)
        audit.take(
            leaf: leaf, stored: { stored[$0].flatMap { TreeHash($0) } },
            report: { found.append($0) })
        for fault in found { report.add(fault) }
    }
}

/// A table keyed by number, one entry ahead, its faults set aside.
private struct NumberedEntries {
    let cursor: PageCursor
    private(set) var faults: [PageFault] = []
    private var ahead: (number: UInt64, value: [UInt8])?

    init(_ cursor: PageCursor) { self.cursor = cursor }

    mutating func peek() -> (number: UInt64, value: [UInt8])? {
        while ahead == nil, let step = cursor.next() {
            switch step {
            case .entry(let entry): ahead = (PageCursor.number(entry.key), entry.value)
            case .fault(let fault): faults.append(fault)
            }
        }
        return ahead
    }

    /// The entry `number`, if it is the next; those before it are passed over.
    mutating func take(_ number: UInt64) -> [UInt8]? { take(through: number)[number] }

    /// All entries up to and with `number`.
    mutating func take(through number: UInt64) -> [UInt64: [UInt8]] {
        var taken: [UInt64: [UInt8]] = [:]
        while let next = peek(), next.number <= number {
            taken[next.number] = next.value
            ahead = nil
        }
        return taken
    }
}
