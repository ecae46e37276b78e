import Synchronization

extension CheckpointPublisher {
    /// Writes published files anew that were found damaged or missing, from a log that was found sound.
    ///
    /// - Returns: the paths of those that were; not those which a later checkpoint has made superfluous.
    public func mend(_ faults: [PublishedFault]) throws(LogError) -> [String] {
        try work.withLock { _ throws(LogError) in
            guard let latest else { return [] }
            var mended: [String] = []
            for fault in faults {
                if let tile = fault.tile {
                    guard let size = tile.sizeMin, size <= latest.size, isWanted(tile) else { continue }
                    try DurableFile.syncFolder(try tiles.write(tile))
                } else if fault.path == tilesDirectory + "/vkey" {
                    try writeIfOther(signer.key.fileBytes, to: fault.path)
                } else if fault.path == tilesDirectory + "/checkpoint" {
                    try writeIfOther(latest.note.bytes, to: fault.path)
                } else {
                    continue
                }
                mended.append(fault.path)
            }
            return mended
        }
    }

    /// The tile at `path` as it was published; nil for one that is not there, or not any more.
    ///
    /// Hash tiles may be shown to anyone; who may see `entries` is for the caller to ask.
    /// - Throws: `badTile` when it is not what the log makes it: then nobody is given it.
    public func tile(_ path: TilePath) throws(LogError) -> [UInt8]? {
        guard let size = path.sizeMin, size <= log.size,
            let bytes = try DurableFile.read(tilesDirectory + "/" + path.path)
        else { return nil }
        guard try tiles.bytes(of: path) == bytes else { throw .badTile(path: tilesDirectory + "/" + path.path) }
        return bytes
    }

    /// The newest checkpoint, as signed; nil when there is none yet. Never one that proofs do not know yet.
    public var checkpointBytes: [UInt8]? { latest?.note.bytes }

    /// The verifier key's one line.
    public var verifierKeyBytes: [UInt8] { signer.key.fileBytes }

    /// Not a partial tile whose full one is there.
    private func isWanted(_ tile: TilePath) -> Bool {
        !tile.isPartial || !DurableFile.exists(tilesDirectory + "/" + tile.fullPath)
    }
}
