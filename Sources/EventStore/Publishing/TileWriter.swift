import Glibc

/// Writes the tiles of a log under `<data>/tiles`: each a file that is there whole or not at all.
struct TileWriter {
    let log: EventLog
    let directory: String

    /// Writes every tile that a tree of `new` leaves has and one of `old` had not, or had narrower.
    func write(from old: UInt64, to new: UInt64) throws(LogError) {
        for path in Self.tiles(from: old, to: new) {
            let bytes =
                switch path.content {
                case .hashes(let level): try hashes(path, level: level)
                case .entries: try entries(path)
                }
            let file = directory + "/" + path.path
            try DurableFile.makeFolder(DurableFile.folder(of: file))
            try DurableFile.write(bytes, to: file)
        }
    }

    /// Removes partial tiles which wider ones have taken the place of.
    func removeSuperseded(from old: UInt64, to new: UInt64) throws(LogError) {
        for path in Self.tiles(from: old, to: new) {
            let folder = directory + "/" + path.partialsFolder
            for name in DurableFile.names(in: folder) where !path.isPartial || name != String(path.width) {
                guard unlink(folder + "/" + name) == 0 || errno == ENOENT else { throw .current("remove", folder) }
            }
            if !path.isPartial { rmdir(folder) }
        }
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
