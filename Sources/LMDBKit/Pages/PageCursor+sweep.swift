extension PageCursor {
    /// Goes through the whole tree for its faults alone, with no entry taken out of its page.
    ///
    /// - Parameter mayGoOn: asked at each page that a branch leads to; an error of it ends the sweep, and what was found
    ///   before stays.
    func sweep(into faults: inout [PageFault], mayGoOn: () throws -> Void) throws {
        let faultsMax = faults.count + Self.faultsMax
        func noting(_ body: () throws(PageFault) -> Void) {
            do throws(PageFault) {
                try body()
            } catch {
                hasFault = true
                // A file of nothing but damage is told by its first pages.
                if faults.count < faultsMax { faults.append(error) }
            }
        }
        noting { () throws(PageFault) in try beginOnce() }
        while let top = frames.last {
            if frames.count == Int(tree.depth) {
                for index in top.nodes.indices {
                    noting { () throws(PageFault) in _ = try checkEntry(index, in: top) }
                }
                entries += UInt64(top.nodes.count)
                frames.removeLast()
            } else if top.index < top.nodes.count {
                try mayGoOn()
                frames[frames.count - 1].index += 1
                let (node, bounds) = (top.nodes[top.index], bounds(of: top.index, in: top))
                noting { () throws(PageFault) in try descend(node.child, from: top.number, bounds) }
            } else {
                frames.removeLast()
            }
        }
        if !hasFault, let mismatch = mismatch() { faults.append(mismatch) }
    }

    private static let faultsMax = 100
}
