/// A bundle as the log makes it, and where in it each record ends: the beginning of a bundle is a narrower one.
struct ExpectedBundle {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// A record could not be read, so nothing can be said from there on.
    private var knownWidth: Int?

    var width: Int { ends.count }

    mutating func append(_ record: [UInt8]?) {
        if let record { record.withUnsafeBytes { EntryBundle.append($0, to: &bytes) } }
        if record == nil { knownWidth = knownWidth ?? width }
        ends.append(bytes.count)
    }

    func isKnown(width: Int) -> Bool { width <= knownWidth ?? self.width }

    /// How `file` differs from the first `width` records; nil when it does not.
    func difference(_ file: [UInt8], width: Int, start: UInt64) -> String? {
        let expected = bytes[..<ends[width - 1]]
        guard !expected.elementsEqual(file) else { return nil }
        var begin = 0
        for index in 0..<width {
            let end = ends[index]
            guard end <= file.count, file[begin..<end] == bytes[begin..<end] else {
                return "differs from the log at position \(start + UInt64(index))"
            }
            begin = end
        }
        return "\(file.count - expected.count) bytes too long"
    }
}

/// Hashes of one tile that is being filled; nil for one that is not known.
struct ExpectedHashes {
    private var hashes: [TreeHash?] = []

    var width: Int { hashes.count }
    var isFull: Bool { width == TilePath.fullWidth }

    mutating func append(_ hash: TreeHash?) { hashes.append(hash) }

    func isKnown(width: Int) -> Bool { !hashes[..<width].contains(nil) }

    /// The hash over all of them, in the tile above.
    var root: TreeHash? {
        var frontier = Frontier()
        for hash in hashes {
            guard let hash else { return nil }
            frontier.append(hash)
        }
        return frontier.root
    }

    /// How `file` differs from the first `width` hashes; nil when it does not.
    func difference(_ file: [UInt8], width: Int) -> String? {
        let size = TreeHash.byteCount
        for (index, hash) in hashes[..<width].enumerated() {
            let end = (index + 1) * size
            guard end <= file.count, let hash, file[(end - size)..<end].elementsEqual(hash.bytes) else {
                return "hash \(index) differs from the log's"
            }
        }
        return file.count == width * size ? nil : "\(file.count - width * size) bytes too long"
    }
}
