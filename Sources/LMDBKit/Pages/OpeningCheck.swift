import Glibc

/// What is looked at before liblmdb maps a file: it believes the meta page, and dies of a file that is shorter, or of a
/// page that is not what it should be.
enum OpeningCheck {
    /// Throws `damagedFile` for a file that cannot be opened safely. One that is not there is no damage.
    static func run(_ path: String) throws(LMDBError) {
        guard access(path, F_OK) == 0 else { return }
        let walk = try PageWalk(path: path)
        guard walk.file.pageCount >= 2 else {
            throw .damagedFile(path: path, reason: "it has only \(walk.file.byteCount) bytes: it was cut short")
        }
        if let fault = walk.unreadableMeta { throw .damagedFile(path: path, reason: "\(fault)") }
        guard let meta = walk.meta else { return }
        if walk.file.pageCount <= meta.lastPage {
            // The last pages are missing. That is none of them only when all of those are free.
            let faults = (try? PageSweep.faults(walk)) ?? []
            guard let first = faults.first else { return }
            let pages = meta.lastPage &+ 1
            throw .damagedFile(
                path: path, reason: "it has \(walk.file.pageCount) whole pages of \(pages), and of them \(first)")
        }
        if let fault = PageSweep.openingFaults(walk).first { throw .damagedFile(path: path, reason: "\(fault)") }
    }
}
