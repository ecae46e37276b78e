import Glibc

/// Writes the tiles of a log under `<data>/tiles`: each a file that is there whole or not at all.
struct TileWriter: Sendable {
    private let log: EventLog
    private let directory: String
    private let folders: MadeFolders
    /// How much the partial bundles of one full one may come to, in bytes: all of them, unless records are very long.
    private let partialBundlesBytesMax: Int

    /// - Parameter directory: exists.
    init(log: EventLog, directory: String, partialBundlesBytesMax: Int = 32 << 20) {
        self.log = log
        self.directory = directory
        self.partialBundlesBytesMax = partialBundlesBytesMax
        folders = MadeFolders(below: directory)
    }

    /// Writes every tile that a tree of `new` leaves has and one of `old` had not, or had narrower. What an earlier call
    /// has written already costs no writing again.
    ///
    /// - Returns: whether all are on the disk; false when `isStopping` came between.
    func write(from old: UInt64, to new: UInt64, unless isStopping: () -> Bool = { false }) throws(LogError) -> Bool {
        var touched: Set<String> = []
        for path in Self.tiles(from: old, to: new) {
            guard !isStopping() else { return false }
            touched.insert(try write(path))
        }
        // Once for all files of a folder; those found there may have been left before this.
        for folder in touched.sorted() {
            guard !isStopping() else { return false }
            try DurableFile.syncFolder(folder)
        }
        return true
    }

    /// Writes one tile, unless it is there as it should be, and answers its folder, which the caller syncs.
    func write(_ path: TilePath) throws(LogError) -> String {
        let bytes = try bytes(of: path)
        let file = directory + "/" + path.path
        let folder = DurableFile.folder(of: file)
        try folders.make(folder)
        if try !DurableFile.isThere(bytes, at: file) { try DurableFile.replace(file, by: bytes) }
        return folder
    }

    /// A tile as the log makes it; the log has all that is in it.
    func bytes(of path: TilePath) throws(LogError) -> [UInt8] {
        switch path.content {
        case .hashes(let level): try hashes(path, level: level)
        case .entries: try entries(path)
        }
    }

    /// Removes partial tiles whose full one is there, and no others: whoever has just fetched a checkpoint comes for the
    /// tiles of that very size. There is one for each checkpoint, so at most 255, of 8 KiB or less; only of bundles of
    /// very long records the narrowest go before.
    func removeSuperseded(from old: UInt64, to new: UInt64) throws(LogError) {
        for path in Self.tiles(from: old, to: new) {
            let folder = directory + "/" + path.partialsFolder
            if !path.isPartial {
                for name in DurableFile.names(in: folder) { try remove(folder + "/" + name) }
                rmdir(folder)
                folders.forget(folder)
            } else if path.content == .entries {
                try removeNarrowest(in: folder, keeping: path.width)
            }
        }
    }

    private func removeNarrowest(in folder: String, keeping width: Int) throws(LogError) {
        let widths = DurableFile.names(in: folder).compactMap { Int($0) }.sorted(by: >)
        var total = 0
        for name in widths {
            total += DurableFile.byteCount(folder + "/\(name)")
            if total > partialBundlesBytesMax, name != width { try remove(folder + "/\(name)") }
        }
    }

    private func remove(_ file: String) throws(LogError) {
        guard unlink(file) == 0 || errno == ENOENT else { throw .current("remove", file) }
    }

    /// Tiles of the tree of `new` leaves that the tree of `old` leaves does not have as they are.
    static func tiles(from old: UInt64, to new: UInt64) -> [TilePath] {
        var tiles: [TilePath] = []
        func add(_ content: TilePath.Content, _ before: UInt64, _ after: UInt64) {
            guard after > before else { return }
            let full = UInt64(TilePath.fullWidth)
            for index in (before / full)...((after - 1) / full) {
                tiles.append(TilePath(content, index: index, width: Int(min(full, after - index * full))))
            }
        }
        add(.entries, old, new)
        for level in 0..<8 {
            let shift = UInt64(8 * level)
            add(.hashes(level: level), old >> shift, new >> shift)
        }
        return tiles
    }

    private func hashes(_ path: TilePath, level: Int) throws(LogError) -> [UInt8] {
        let start = path.index * UInt64(TilePath.fullWidth)
        let hashes = try log.nodes(level: 8 * level, offsets: start..<(start + UInt64(path.width)))
        return hashes.flatMap(\.bytes)
    }

    private func entries(_ path: TilePath) throws(LogError) -> [UInt8] {
        let start = path.index * UInt64(TilePath.fullWidth)
        var bytes: [UInt8] = []
        try sortingErrors {
            try log.readAll(from: start, upTo: start + UInt64(path.width)) { _, record in
                EntryBundle.append(record, to: &bytes)
            }
        }
        return bytes
    }
}
