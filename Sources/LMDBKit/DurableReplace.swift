import Glibc

/// Replaces files that lie beside an environment, so that a power cut leaves the old or the new, whole.
public enum DurableReplace {
    /// Writes `bytes` under another name, syncs them, and puts them in the place of `path`.
    public static func write(_ bytes: [UInt8], to path: String) throws(LMDBError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LMDBError(call: "create \(temporary)", code: errno) }
        defer { close(descriptor) }
        try fill(descriptor, with: bytes, path: temporary)
        guard fsync(descriptor) == 0 else { throw LMDBError(call: "sync \(temporary)", code: errno) }
        try move(temporary, to: path)
    }

    /// Puts a file that is synced already in the place of `path`, in the same folder.
    public static func move(_ temporary: String, to path: String) throws(LMDBError) {
        guard rename(temporary, path) == 0 else { throw LMDBError(call: "replace \(path)", code: errno) }
        try syncFolder(of: path)
    }

    /// Removes the file, if it is there, so that a power cut does not bring it back.
    public static func remove(_ path: String) throws(LMDBError) {
        if unlink(path) != 0 {
            guard errno == ENOENT else { throw LMDBError(call: "remove \(path)", code: errno) }
            return
        }
        try syncFolder(of: path)
    }

    /// Makes durable which names the folder of `path` holds: a rename is not before that.
    public static func syncFolder(of path: String) throws(LMDBError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LMDBError(call: "open \(folder)", code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LMDBError(call: "sync \(folder)", code: errno) }
    }

    private static func fill(_ descriptor: Int32, with bytes: [UInt8], path: String) throws(LMDBError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw LMDBError(call: "write \(path)", code: count < 0 ? errno : EIO) }
            written += count
        }
    }
}
