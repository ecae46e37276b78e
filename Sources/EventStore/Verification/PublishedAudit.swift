/// Holds the published files against the log's records, given one after another from the first: every bundle and every
/// hash tile of the checkpoint's tree, narrower forms of the last ones too.
///
/// At most one bundle and one tile of each level are in memory.
struct PublishedAudit {
    private let directory: String
    private let key: VerifierKey?
    private var bundle = ExpectedBundle()
    private var levels = [ExpectedHashes()]
    private(set) var position: UInt64 = 0
    private(set) var report = PublishedReport()

    /// - Parameters:
    ///   - directory: the folder with `checkpoint` in it.
    ///   - size: of the published tree.
    ///   - key: tells whether a tile that is gone belonged to a checkpoint that is not the newest any more.
    init(directory: String, size: UInt64, key: VerifierKey?) {
        self.directory = directory
        self.key = key
        report.size = size
    }

    var isOver: Bool { position >= report.size }

    /// Takes the next record; nil for one that cannot be read or is not what it was: then what rests on it is left out.
    mutating func take(_ record: [UInt8]?) {
        guard !isOver else { return }
        bundle.append(record)
        levels[0].append(record.map { .leaf($0) })
        position += 1
        if levels[0].isFull {
            compareBundle()
            bundle = ExpectedBundle()
            complete(level: 0)
        }
        if isOver { compareEdge() }
    }

    /// Passes over records of which nothing is known.
    mutating func skip(to position: UInt64) {
        while self.position < position, !isOver { take(nil) }
    }

    mutating func add(_ fault: PublishedFault) { report.add(fault) }

    private mutating func complete(level: Int) {
        compareHashes(level: level)
        let root = levels[level].root
        levels[level] = ExpectedHashes()
        if level + 1 == levels.count { levels.append(ExpectedHashes()) }
        levels[level + 1].append(root)
        if levels[level + 1].isFull { complete(level: level + 1) }
    }

    /// The tiles that are not full.
    private mutating func compareEdge() {
        if bundle.width > 0 { compareBundle() }
        for level in levels.indices where levels[level].width > 0 { compareHashes(level: level) }
    }

    private mutating func compareBundle() {
        let (bundle, start) = (bundle, position - UInt64(bundle.width))
        let path = TilePath(.entries, index: start / UInt64(TilePath.fullWidth), width: bundle.width)
        compare(path, isKnown: bundle.isKnown) { bundle.difference($0, width: $1, start: start) }
    }

    private mutating func compareHashes(level: Int) {
        let hashes = levels[level]
        let last = (position >> UInt64(8 * level)) - 1
        let path = TilePath(.hashes(level: level), index: last / UInt64(TilePath.fullWidth), width: hashes.width)
        compare(path, isKnown: hashes.isKnown) { hashes.difference($0, width: $1) }
    }

    /// - Parameter difference: of a file's bytes and what a tile of a width should be.
    private mutating func compare(
        _ path: TilePath, isKnown: (Int) -> Bool, _ difference: ([UInt8], Int) -> String?
    ) {
        for path in [path] + narrower(path) where isKnown(path.width) {
            report.fileCount += 1
            let file = directory + "/" + path.path
            do throws(LogError) {
                if let bytes = try DurableFile.read(file) {
                    if let what = difference(bytes, path.width) { add(PublishedFault(tile: path, path: file, what)) }
                } else if !isSuperseded(path) {
                    add(PublishedFault(tile: path, path: file, "is missing"))
                }
            } catch {
                add(PublishedFault(tile: path, path: file, "\(error)"))
            }
        }
    }

    /// What is there of the same tile as earlier checkpoints had it.
    private func narrower(_ path: TilePath) -> [TilePath] {
        guard path.isPartial else { return [] }
        return DurableFile.names(in: directory + "/" + path.partialsFolder).compactMap { Int($0) }
            .filter { $0 >= 1 && $0 < path.width }.sorted()
            .map { TilePath(path.content, index: path.index, width: $0) }
    }

    /// Whether a partial tile went because the log has grown since, and a full one or a later partial one took its place.
    private func isSuperseded(_ path: TilePath) -> Bool {
        guard path.isPartial, let key else { return false }
        let published = try? Anchor.read(directory + "/checkpoint", key: key)
        return published.map { $0.size > report.size } ?? false
    }
}
