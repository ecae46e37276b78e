import Glibc

/// The entry bundles of a published log, in files that may be anybody's copy.
struct PublishedBundles {
    /// With `tile/entries` in it.
    let directory: String

    enum Found {
        case records([[UInt8]])
        /// Missing, or damaged.
        case fault(PublishedFault)
    }

    var isThere: Bool { DurableFile.exists(directory + "/tile/entries") }

    /// The records of bundle `index`, at least the first `width` of them; from a wider bundle where there is one.
    ///
    /// What cannot be read is a fault like what is not there.
    func records(_ index: UInt64, width: Int) -> Found {
        guard let path = path(index, width: width) else {
            return .fault(missing(index, width))
        }
        let file = directory + "/" + path.path
        let bytes: [UInt8]
        do throws(LogError) {
            bytes = try DurableFile.read(file) ?? []
        } catch {
            return .fault(
                PublishedFault(tile: path, path: file, "\(error), with the records \(Self.positions(index, width))"))
        }
        guard let records = EntryBundle.decode(bytes), records.count == path.width, !records.contains([]) else {
            return .fault(
                PublishedFault(
                    tile: path, path: file,
                    "is damaged: it does not hold \(path.width) records, \(Self.positions(index, path.width))"))
        }
        return .records(records)
    }

    /// The bundles of a tree that are not there; the first of them, since a size may be anybody's word.
    func missing(of size: UInt64) -> [PublishedFault] {
        var faults: [PublishedFault] = []
        for (index, width) in Self.tiles(of: size) where path(index, width: width) == nil {
            faults.append(missing(index, width))
            if faults.count >= VerificationReport.faultsMax { break }
        }
        return faults
    }

    /// The bytes of all bundles of a tree.
    func byteCount(size: UInt64) -> UInt64 {
        var total: UInt64 = 0
        for (index, width) in Self.tiles(of: size) {
            guard let path = path(index, width: width) else { continue }
            total += UInt64(DurableFile.byteCount(directory + "/" + path.path))
        }
        return total
    }

    /// The records that lie in a row behind the first `size`; as many as can be counted.
    func countBehind(_ size: UInt64) -> UInt64 {
        let full = UInt64(TilePath.fullWidth)
        var end = size
        while true {
            let index = end / full
            guard let path = widest(index), index * full + UInt64(path.width) > end else { return end - size }
            end = index * full + UInt64(path.width)
        }
    }

    /// The bundles of a tree: index, and how many records of it belong to the tree.
    static func tiles(of size: UInt64) -> some Sequence<(UInt64, Int)> {
        let full = UInt64(TilePath.fullWidth)
        return (0..<(size + full - 1) / full).lazy.map { ($0, Int(min(full, size - $0 * full))) }
    }

    private func missing(_ index: UInt64, _ width: Int) -> PublishedFault {
        let path = TilePath(.entries, index: index, width: width)
        return PublishedFault(
            tile: path, path: directory + "/" + path.path,
            "is missing, with the records \(Self.positions(index, width))")
    }

    private static func positions(_ index: UInt64, _ width: Int) -> String {
        let start = index * UInt64(TilePath.fullWidth)
        return "\(start) to \(start + UInt64(width) - 1)"
    }

    private func path(_ index: UInt64, width: Int) -> TilePath? {
        let exact = TilePath(.entries, index: index, width: width)
        if DurableFile.exists(directory + "/" + exact.path) { return exact }
        return widest(index).flatMap { $0.width >= width ? $0 : nil }
    }

    private func widest(_ index: UInt64) -> TilePath? {
        let full = TilePath(.entries, index: index, width: TilePath.fullWidth)
        if DurableFile.exists(directory + "/" + full.path) { return full }
        let widths = DurableFile.names(in: directory + "/" + full.partialsFolder).compactMap { Int($0) }
        return widths.filter { (1..<TilePath.fullWidth).contains($0) }.max()
            .map { TilePath(.entries, index: index, width: $0) }
    }
}
