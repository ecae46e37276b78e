import Glibc
import Synchronization

/// Folders below one that exists, each made durable in its parent once in the life of this process: with thousands of
/// tiles the syncs would cost more than the tiles.
final class MadeFolders: Sendable {
    private let base: String
    private let known = Mutex<Set<String>>([])

    init(below base: String) { self.base = base }

    /// - Parameter path: below the base.
    func make(_ path: String) throws(LogError) {
        guard path != base else { return }
        try make(DurableFile.folder(of: path))
        let isMade = mkdir(path, 0o700) == 0
        guard isMade || errno == EEXIST else { throw .current("create", path) }
        if !isMade, known.withLock({ $0.contains(path) }) { return }
        // One that is found may have been made by a process that came no further.
        try DurableFile.syncFolder(DurableFile.folder(of: path))
        known.withLock { _ = $0.insert(path) }
    }

    func forget(_ path: String) { known.withLock { _ = $0.remove(path) } }
}
