import Glibc

/// Folders that are there after a power cut once they were said to be.
public enum DurableFolder {
    /// Makes a folder for its owner alone, and those above it, each durable in its parent. Fine when it exists.
    public static func make(_ path: String) throws(LogError) {
        guard mkdir(path, 0o700) != 0 else { return try DurableFile.syncFolder(DurableFile.folder(of: path)) }
        switch errno {
        case EEXIST: try syncExisting(path)
        case ENOENT:
            try make(DurableFile.folder(of: path))
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .current("create", path) }
            try DurableFile.syncFolder(DurableFile.folder(of: path))
        default: throw .current("create", path)
        }
    }

    /// Whoever made it may have been cut short before this. A parent that may not be opened is somebody else's, and so is
    /// what is in it.
    private static func syncExisting(_ path: String) throws(LogError) {
        do throws(LogError) {
            try DurableFile.syncFolder(DurableFile.folder(of: path))
        } catch .system(_, _, EACCES), .system(_, _, EROFS) {}
    }
}
