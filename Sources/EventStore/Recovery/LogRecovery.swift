import Glibc

/// Brings a log back from its published entry bundles: the log that was signed, byte for byte, or none.
///
/// Records are hashed as they are read, and their root must be that of the largest signed checkpoint. Keys and vault are
/// left as they are; state and read models, which may know events that are lost, are removed to be made again.
public struct LogRecovery {
    public struct Places: Sendable {
        /// The folder with `checkpoint`, `vkey` and `tile` in it.
        public var tiles: String
        /// The clinic's data folder, which gets the log.
        public var dataDirectory: String
        public var keysDirectory: String
        /// The log's 16 bytes, when the keys say them.
        public var logID: [UInt8]?

        public init(tiles: String, dataDirectory: String, keysDirectory: String, logID: [UInt8]?) {
            self.tiles = tiles
            self.dataDirectory = dataDirectory
            self.keysDirectory = keysDirectory
            self.logID = logID
        }
    }

    private let places: Places
    private let bundles: PublishedBundles
    private let progress: (_ permille: Int, _ step: String) -> Void

    /// - Parameter progress: told how far it is, at each bundle.
    public static func run(
        _ places: Places, progress: @escaping (_ permille: Int, _ step: String) -> Void = { _, _ in }
    ) throws(RecoveryError) -> RecoveryReport {
        let recovery = LogRecovery(
            places: places, bundles: PublishedBundles(directory: places.tiles), progress: progress)
        guard recovery.bundles.isThere else { throw .notPublished(path: places.tiles) }
        // No daemon and no other recovery runs on the folder meanwhile.
        let lock = try RecoveryFolder.take(places.dataDirectory)
        return try withExtendedLifetime(lock) { () throws(RecoveryError) in
            let log = places.dataDirectory + "/log"
            guard !DurableFile.exists(log + "/data.mdb") else { throw .logExists(path: log) }
            do throws(RecoveryError) {
                return try recovery.run()
            } catch {
                try? StagedLog.remove(places.dataDirectory)
                throw error
            }
        }
    }

    private func run() throws(RecoveryError) -> RecoveryReport {
        let vouched = try VouchedCheckpoint(
            tiles: places.tiles,
            anchors: [Anchor.path(in: places.dataDirectory), Anchor.path(in: places.keysDirectory)],
            keysDirectory: places.keysDirectory)
        let size = vouched.checkpoint.size
        try requireBundles(vouched)
        let identity = try vouched.identity(logID: places.logID, keysDirectory: places.keysDirectory)
        let bytes = bundles.byteCount(size: size)
        try RecoveryFolder.requireRoom(places.dataDirectory, bundleBytes: bytes, size: size)
        let finished = try write(vouched, identity, bytes)
        try verify(finished, vouched)
        try RecoveryError.sorting { try finished.install() }
        var report = RecoveryReport(vouched, identity, logPath: places.dataDirectory + "/log")
        report.unsignedCount = bundles.countBehind(size)
        return report
    }

    private func requireBundles(_ vouched: VouchedCheckpoint) throws(RecoveryError) {
        let missing = bundles.missing(of: vouched.checkpoint.size)
        guard !missing.isEmpty else { return }
        // Bundles that are whole for their own checkpoint are an older copy.
        if let own = vouched.all.first(where: { $0.path == places.tiles + "/checkpoint" })?.checkpoint.size,
            own < vouched.checkpoint.size, bundles.missing(of: own).isEmpty
        {
            throw .tooOld(checkpoint: vouched.path, signed: vouched.checkpoint.size, held: own)
        }
        throw .damaged(missing)
    }

    private func write(
        _ vouched: VouchedCheckpoint, _ identity: LogIdentity, _ bytes: UInt64
    ) throws(RecoveryError) -> FinishedLog {
        let size = vouched.checkpoint.size
        return try RecoveryError.sorting {
            var staged = try StagedLog(dataDirectory: places.dataDirectory, identity: identity, bundleBytes: bytes)
            var waiting = vouched.all[...]
            for (index, width) in PublishedBundles.tiles(of: size) {
                progress(Int(staged.frontier.size * 600 / size), "position \(staged.frontier.size)")
                guard case .records(let records) = bundles.records(index, width: width) else {
                    throw RecoveryError.damaged(findFaults(vouched))
                }
                var rest = records.prefix(width)
                while !rest.isEmpty {
                    // As far as the next checkpoint, whose root is wanted.
                    let next =
                        waiting.first.map { Int(clamping: $0.checkpoint.size - staged.frontier.size) } ?? rest.count
                    try staged.append(Array(rest.prefix(next)))
                    rest = rest.dropFirst(next)
                    while let first = waiting.first, first.checkpoint.size == staged.frontier.size {
                        guard staged.frontier.root == first.checkpoint.root else {
                            throw differing(from: first, vouched)
                        }
                        waiting = waiting.dropFirst()
                    }
                }
            }
            return try staged.finish(vouched.checkpoint)
        }
    }

    /// What is wrong when the root is: bundles, or else a checkpoint that is of another history.
    private func differing(
        from first: (path: String, checkpoint: Checkpoint), _ vouched: VouchedCheckpoint
    ) -> RecoveryError {
        let faults = findFaults(vouched)
        return faults.isEmpty ? .otherRoot(checkpoint: first.path, size: first.checkpoint.size) : .damaged(faults)
    }

    private func findFaults(_ vouched: VouchedCheckpoint) -> [PublishedFault] {
        let size = vouched.checkpoint.size
        return BundleFaults(bundles: bundles, size: size, root: vouched.checkpoint.root).find { position in
            progress(600 + Int(position * 400 / size), "looking for the damage, position \(position)")
        }
    }

    /// Reads what was written as it lies on the disk, without the database's own code.
    private func verify(_ finished: FinishedLog, _ vouched: VouchedCheckpoint) throws(RecoveryError) {
        let report = try RecoveryError.sorting {
            try LogVerifier.verifyCopy(at: finished.folder, key: vouched.key) { position, size in
                progress(600 + Int(position * 400 / max(size, 1)), "verifying position \(position)")
            }
        }
        guard report.isIntact, report.checkpointSize == vouched.checkpoint.size else {
            let what = report.faults.first.map { "\($0)" } ?? "it ends early"
            throw .log(.malformed("the new log does not read as it was written (\(what)): is the disk in order?"))
        }
    }
}
