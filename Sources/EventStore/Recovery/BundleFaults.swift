/// Finds which records of bundles are not those that were signed, once their root has said that some are not.
struct BundleFaults {
    let bundles: PublishedBundles
    let size: UInt64
    let root: TreeHash

    func find(_ progress: (UInt64) -> Void) -> [PublishedFault] {
        let tiles = TrustedTiles(directory: bundles.directory, size: size, root: root)
        var faults: [PublishedFault] = []
        for (index, width) in PublishedBundles.tiles(of: size) {
            progress(index * UInt64(TilePath.fullWidth))
            switch bundles.records(index, width: width) {
            case .fault(let fault): faults.append(fault)
            case .records(let records):
                let leaves = records.prefix(width).map { TreeHash.leaf($0) }
                let path = TilePath(.entries, index: index, width: width)
                if let what = Self.difference(leaves, index, tiles) {
                    faults.append(PublishedFault(tile: path, path: bundles.directory + "/" + path.path, what))
                }
            }
            if faults.count >= VerificationReport.faultsMax { break }
        }
        return faults
    }

    private static func difference(_ leaves: [TreeHash], _ index: UInt64, _ tiles: TrustedTiles) -> String? {
        let start = index * UInt64(TilePath.fullWidth)
        let end = start + UInt64(leaves.count) - 1
        if let signed = tiles.tile(0, index) {
            let wrong = leaves.indices.filter { leaves[$0] != signed[$0] }.map { start + UInt64($0) }
            guard let first = wrong.first else { return nil }
            return wrong.count == 1
                ? "the record at position \(first) is not the signed one"
                : "\(wrong.count) records are not the signed ones, the first at position \(first)"
        }
        if leaves.count == TilePath.fullWidth, let above = tiles.parent(0, index) {
            let isSigned = TrustedTiles.root(leaves[...]) == above
            return isSigned ? nil : "one of the records \(start) to \(end) is not the signed one"
        }
        // Nothing signed is left to tell by: only that all together are not what was signed.
        return
            "one of the records \(start) to \(end) may not be the signed one: the hash tiles that tell are damaged too"
    }
}
