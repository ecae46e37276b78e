/// Looks at the pages of a file whose tables it does not know, without liblmdb.
package enum PageSweep {
    /// What is wrong with any page in use: of the meta pages, of every tree, and of the list of free pages.
    ///
    /// - Parameter mayGoOn: asked at each page that a branch leads to; an error of it ends the sweep.
    package static func faults(_ walk: PageWalk, mayGoOn: () throws -> Void = {}) throws -> [PageFault] {
        var faults: [PageFault] = []
        try sweep(walk, into: &faults, mayGoOn: mayGoOn)
        return faults
    }

    /// As `faults`; what was found before an error of `mayGoOn` stays.
    static func sweep(_ walk: PageWalk, into faults: inout [PageFault], mayGoOn: () throws -> Void) throws {
        let named = NamedTrees(walk)
        faults += walk.metaFaults + named.faults
        for (name, tree) in named.trees.sorted(by: { $0.key < $1.key }) {
            let cursor = PageCursor(walk, tree.record, table: name, keys: .text, parent: tree.page)
            try cursor.sweep(into: &faults, mayGoOn: mayGoOn)
        }
        // A page that is in no tree and not on the list is lost to use, and no damage.
        faults += walk.checkFreeList(areTreesWhole: false)
    }

    /// What is wrong with the pages that liblmdb reads when it opens the file and its tables: a few, whatever its size.
    static func openingFaults(_ walk: PageWalk) -> [PageFault] {
        let named = NamedTrees(walk)
        var faults = named.faults
        for (name, tree) in named.trees.sorted(by: { $0.key < $1.key }) {
            let cursor = PageCursor(walk, tree.record, table: name, keys: .text, parent: tree.page)
            do throws(PageFault) { try cursor.beginOnce() } catch { faults.append(error) }
        }
        return faults + walk.checkFreeList(areTreesWhole: false)
    }
}
