import Glibc

/// The file of a running environment as one commit left it, to be read without liblmdb.
///
/// A reader keeps the commit's pages from being used again for as long as this lives: keep it as short as a read.
package final class HeldPages {
    package let walk: PageWalk
    /// The number of the commit.
    package let commit: UInt64
    private let reader: ReadTransaction?

    package init(_ environment: Environment) throws(LMDBError) {
        let path = environment.path + "/data.mdb"
        let file = try PageWalk(path: path)
        guard file.file.pageCount >= 2 else {
            // Without its meta pages no reader can begin: they are read through the map.
            walk = file
            commit = file.meta?.transaction ?? 0
            reader = nil
            return
        }
        for _ in 0..<Self.triesMax {
            let first = try environment.beginRead()
            let number = first.number
            let read = try PageWalk(path: path, commit: number)
            // Nothing was committed while the meta pages were read: the reader's own cannot have been half written.
            guard try environment.beginRead().number == number else { continue }
            walk = read
            commit = number
            reader = consume first
            return
        }
        throw .failed(call: "read the meta pages of \(path)", code: EAGAIN)
    }

    private static let triesMax = 1_000

    /// What is wrong with the meta page that the reader went by.
    package var commitFault: PageFault? {
        walk.meta?.transaction == commit
            ? nil : PageFault(page: commit & 1, "not the meta page of transaction \(commit)")
    }
}

extension Environment {
    /// Looks at every page in use, as of the last commit, without liblmdb, which can end the process at a damaged one.
    /// Whoever reads rows next reads pages that were whole a moment ago. No page is used again meanwhile.
    ///
    /// - Parameter mayGoOn: asked at each page that a branch leads to; an error of it ends the looking.
    public func damagedPages(mayGoOn: () throws -> Void = {}) throws -> [PageFault] {
        let held = try HeldPages(self)
        return try withExtendedLifetime(held) {
            try PageSweep.faults(held.walk, mayGoOn: mayGoOn) + (held.commitFault.map { [$0] } ?? [])
        }
    }
}
