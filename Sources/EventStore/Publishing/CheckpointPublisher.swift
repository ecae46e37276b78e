import Synchronization

/// Signs what the log has grown to, and publishes it with its tiles under `<data>/tiles`. Runs beside the writer.
///
/// A step at a time, so that a crash between any two costs nothing but the repeating of it:
/// 1. records since the last checkpoint are read and hashed again, and held against the stored nodes;
/// 2. tiles are written (a later run would write the same bytes);
/// 3. the signed checkpoint is kept in both anchors, `<keys>` first;
/// 4. it is published; 5. partial tiles that a full one has taken the place of are removed.
public final class CheckpointPublisher: Sendable {
    let log: EventLog
    let signer: CheckpointSigner
    private let dataDirectory: String
    private let keysDirectory: String
    let work = Mutex(Work())
    /// Beside `work`, which is held through reading, hashing and syncing: whoever asks what is published waits for none
    /// of that.
    private let published = Mutex<Checkpoint?>(nil)

    struct Work {
        var isChecked = false
    }

    var tilesDirectory: String { dataDirectory + "/tiles" }
    let tiles: TileWriter

    /// - Parameter signer: the key of the log's origin.
    public init(
        log: EventLog, dataDirectory: String, keysDirectory: String, signer: CheckpointSigner
    ) throws(LogError) {
        guard signer.key.name == log.identity.origin else { throw .badOrigin(signer.key.name) }
        self.log = log
        self.dataDirectory = dataDirectory
        self.keysDirectory = keysDirectory
        self.signer = signer
        tiles = TileWriter(log: log, directory: dataDirectory + "/tiles")
    }

    /// The newest checkpoint published by this process, or found by it. Never waits for one that is being made.
    public var latest: Checkpoint? { published.withLock { $0 } }

    /// Publishes a checkpoint over the log as it is now. Does nothing when the last one says it already.
    ///
    /// - Parameter isStopping: asked after every page of records and every tile; when it answers true nothing is
    ///   published, and the next call goes on with what was written.
    /// - Parameter report: told of what the first call finds damaged; it writes that anew.
    /// - Returns: the checkpoint that holds now; nil for an empty log.
    /// - Throws: `damaged` when a record or node is not what was written: then nothing is signed.
    public func publish(
        unless isStopping: () -> Bool = { false }, reporting report: (PublishedFault) -> Void = { _ in }
    ) throws(LogError) -> Checkpoint? {
        try work.withLock { work throws(LogError) in
            if !work.isChecked {
                let found = try findPublished(report)
                published.withLock { $0 = found }
                work.isChecked = true
            }
            let size = log.size
            let before = latest
            if size == 0 || before?.size == size { return before }
            guard let root = try rehash(from: before, to: size, unless: isStopping) else { return before }
            let checkpoint = try Checkpoint(size: size, root: root, signer: signer)
            guard try tiles.write(from: before?.size ?? 0, to: size, unless: isStopping) else { return before }
            try Anchor.write(checkpoint, dataDirectory: dataDirectory, keysDirectory: keysDirectory)
            try DurableFile.write(checkpoint.note.bytes, to: tilesDirectory + "/checkpoint")
            published.withLock { $0 = checkpoint }
            try tiles.removeSuperseded(from: before?.size ?? 0, to: size)
            return checkpoint
        }
    }

    /// Publishes as the log grows, at most once an `interval`, on the calling thread, until `head.finish()`.
    ///
    /// - Parameter report: told of every checkpoint and error; false ends it.
    public func follow(every interval: Duration = .seconds(1), _ report: (Result<Checkpoint?, LogError>) -> Bool) {
        while !log.head.isFinished {
            let result = Result { () throws(LogError) in try publish() }
            guard report(result) else { return }
            // Waits out the interval, or less when the log is closed; then for something to sign.
            _ = log.head.waitUntil(sizeExceeds: .max, timeout: interval)
            if case .success(let checkpoint) = result {
                _ = log.head.waitUntil(sizeExceeds: checkpoint?.size ?? 0, timeout: .seconds(60))
            }
        }
        _ = report(Result { () throws(LogError) in try publish() })
    }

    /// What an earlier process has published, the log being found to still contain all that was signed.
    private func findPublished(_ report: (PublishedFault) -> Void) throws(LogError) -> Checkpoint? {
        try Anchor.check(log, dataDirectory: dataDirectory, keysDirectory: keysDirectory, key: signer.key)
        try DurableFolder.make(tilesDirectory)
        let vkeyPath = tilesDirectory + "/vkey"
        do throws(LogError) {
            if let found = try DurableFile.read(vkeyPath), found != signer.key.fileBytes {
                report(PublishedFault(path: vkeyPath, "is not this log's verifier key"))
                try DurableFile.write(signer.key.fileBytes, to: vkeyPath)
            } else {
                try writeIfOther(signer.key.fileBytes, to: vkeyPath)
            }
        } catch {
            // One that cannot be read is replaced, and does not keep checkpoints from being signed.
            report(PublishedFault(path: vkeyPath, "\(error)"))
            try DurableFile.write(signer.key.fileBytes, to: vkeyPath)
        }
        guard let published = readPublished(report) else { return nil }
        try published.requirePrefix(of: log)
        // What a crash right after publishing left behind.
        try tiles.removeSuperseded(from: 0, to: published.size)
        return published
    }

    /// The published checkpoint; nil for none. One that does not read, or is another key's, is reported, and written anew
    /// with all tiles.
    private func readPublished(_ report: (PublishedFault) -> Void) -> Checkpoint? {
        let path = tilesDirectory + "/checkpoint"
        do throws(LogError) {
            return try Anchor.read(path, key: signer.key)
        } catch .badCheckpoint(_, let reason) {
            report(PublishedFault(path: path, reason))
        } catch {
            report(PublishedFault(path: path, "\(error)"))
        }
        return nil
    }

    func writeIfOther(_ bytes: [UInt8], to path: String) throws(LogError) {
        if try !DurableFile.isThere(bytes, at: path) { try DurableFile.write(bytes, to: path) }
    }

    /// Hashes records again as they lie in the store, and answers the root they give; nil when it was stopped.
    private func rehash(
        from before: Checkpoint?, to size: UInt64, unless isStopping: () -> Bool
    ) throws(LogError) -> TreeHash? {
        var frontier = try log.frontier(at: before?.size ?? 0)
        if let before, frontier.root != before.root { throw .forked(size: before.size) }
        while frontier.size < size {
            guard !isStopping() else { return nil }
            let start = frontier.size
            var expected: [TreeHash] = []
            try sortingErrors {
                _ = try log.read(from: start, upTo: size) { _, record in
                    frontier.append(.leaf(record)) { expected.append($0) }
                }
            }
            let first = StoredHash.leafIndex(start)
            let stored = try log.storedHashes(first..<(first + UInt64(expected.count)))
            guard stored == expected else { throw .damaged(position: start) }
        }
        return frontier.root
    }
}
