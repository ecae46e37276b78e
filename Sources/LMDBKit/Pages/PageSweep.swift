/// Looks at the pages of a file whose tables it does not know, without liblmdb.
package enum PageSweep {
    /// What is wrong with any page in use: of the meta pages, of every tree, and of the list of free pages.
    ///
    /// - Parameter mayGoOn: asked at each page; an error of it ends the sweep.
    package static func faults(_ walk: PageWalk, mayGoOn: () throws -> Void = {}) throws -> [PageFault] {
        let named = NamedTrees(walk)
        var faults = walk.metaFaults + named.faults
        for (name, tree) in named.trees.sorted(by: { $0.key < $1.key }) {
            let cursor = PageCursor(walk, tree.record, table: name, keys: .text, parent: tree.page)
            faults += try cursor.sweep(mayGoOn: mayGoOn)
        }
        // A page that is in no tree and not on the list is lost to use, and no damage.
        return faults + walk.checkFreeList(areTreesWhole: false)
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
