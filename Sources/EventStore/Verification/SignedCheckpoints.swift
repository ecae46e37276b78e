/// The checkpoints that lie beside a log, verified, to hold its root against.
struct SignedCheckpoints {
    private(set) var waiting: [(path: String, checkpoint: Checkpoint)] = []
    private(set) var faults: [LogFault] = []
    private(set) var largestHeld: UInt64?
    /// The checkpoints' key; nil when there is none that can be used.
    let key: VerifierKey?
    /// How much of the log was published; 0 when that is not known.
    private(set) var publishedSize: UInt64 = 0

    /// Reads both anchors and the published checkpoint, as far as they are there.
    ///
    /// - Parameter key: whom to believe; nil is the published verifier key, which whoever rewrites a log can replace.
    init(dataDirectory: String, keysDirectory: String?, key: VerifierKey?, origin: String?) throws(LogError) {
        let paths = Self.paths(dataDirectory, keysDirectory)
        let found = PublishedKey(
            path: dataDirectory + "/tiles/vkey", signing: key,
            signingPath: keysDirectory.map { CheckpointSigner.path(in: $0) }, notes: paths)
        self.key = found.key
        faults = found.faults
        guard let key = found.key else {
            if faults.isEmpty, paths.contains(where: DurableFile.exists) {
                faults.append(.description("there are checkpoints, but no verifier key to check them with"))
            }
            return
        }
        if let origin, key.name != origin { faults.append(.description("the verifier key is of another log")) }
        // The published one first: it is what tiles were written for; where it does not read, an anchor says how many.
        for path in paths {
            do throws(LogError) {
                guard let checkpoint = try Anchor.read(path, key: key) else { continue }
                waiting.append((path, checkpoint))
                if publishedSize == 0, DurableFile.exists(paths[0]) { publishedSize = checkpoint.size }
            } catch {
                guard case .badCheckpoint(_, let reason) = error else { throw error }
                faults.append(.checkpoint(path: path, size: 0, reason: reason))
            }
        }
        waiting.sort { $0.checkpoint.size < $1.checkpoint.size }
    }

    /// The next size at which a root is wanted.
    var nextSize: UInt64? { waiting.first?.checkpoint.size }

    /// Compares the root at `nextSize`; nil is a root that damage leaves unknown, which is reported as such.
    mutating func compare(_ root: TreeHash?) -> [LogFault] {
        var faults: [LogFault] = []
        let size = nextSize
        while let first = waiting.first, first.checkpoint.size == size {
            waiting.removeFirst()
            if root == first.checkpoint.root {
                largestHeld = size
            } else {
                let reason = root == nil ? "cannot be compared, for damage" : "the log has another root"
                faults.append(.checkpoint(path: first.path, size: first.checkpoint.size, reason: reason))
            }
        }
        return faults
    }

    /// What is left when the log has ended: it is shorter than what was signed.
    mutating func end(size: UInt64) -> [LogFault] {
        defer { waiting = [] }
        return waiting.map { path, checkpoint in
            .checkpoint(path: path, size: checkpoint.size, reason: "the log has only \(size) events")
        }
    }

    private static func paths(_ dataDirectory: String, _ keysDirectory: String?) -> [String] {
        [dataDirectory + "/tiles/checkpoint", Anchor.path(in: dataDirectory)]
            + (keysDirectory.map { [Anchor.path(in: $0)] } ?? [])
    }
}
