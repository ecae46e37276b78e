import Glibc

/// Files and folders for their owner alone (0600, 0700), written so that a crash leaves the old or the new.
enum PrivateFiles {
    static let temporarySuffix = ".tmp"

    /// Makes the folder durably; fine when it exists.
    static func makeFolder(_ path: String) throws(VaultOpeningError) {
        guard mkdir(path, 0o700) != 0 else { return try syncFolder(parent(of: path)) }
        guard errno == EEXIST else { throw .file(call: "make the folder", path: path, code: errno) }
        // Whoever made it may have been cut short before this. A parent that may not be opened is somebody else's, and
        // so is what is in it.
        do throws(VaultOpeningError) {
            try syncFolder(parent(of: path))
        } catch .file(_, _, EACCES), .file(_, _, EROFS) {}
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// Throws unless `path` belongs to this process's user, or root, and lets nobody else in.
    static func checkPrivate(_ path: String) throws(VaultOpeningError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .file(call: "look at", path: path, code: errno) }
        try check(status, path: path)
    }

    private static func check(_ status: stat, path: String) throws(VaultOpeningError) {
        guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreignOwner(path: path) }
        let mode = status.st_mode & 0o7777
        guard mode & 0o077 == 0 else { throw .loosePermissions(path: path, mode: mode) }
    }

    /// The whole of a private file of at most `limitBytes`; nil when there is none.
    ///
    /// - Parameter anyonesToo: of a copy, which may belong to anybody.
    static func read(
        _ path: String, limitBytes: Int, anyonesToo: Bool = false
    ) throws(VaultOpeningError) -> [UInt8]? {
        // Non-blocking, so that a pipe put in a key's place hangs nobody.
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if file < 0 && errno == ENOENT { return nil }
        guard file >= 0 else { throw .file(call: "open", path: path, code: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .file(call: "look at", path: path, code: errno) }
        if !anyonesToo { try check(status, path: path) }
        var buffer = [UInt8](repeating: 0, count: limitBytes + 1)
        var filled = 0
        while filled < buffer.count {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, $0.count - filled) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .file(call: "read", path: path, code: errno) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= limitBytes else { throw .keyFileDamaged(path: path) }
        return [UInt8](buffer[..<filled])
    }

    /// Creates or replaces the file: temporary file, fsync, rename, fsync of the folder.
    static func write(_ bytes: [UInt8], to path: String) throws(VaultOpeningError) {
        let temporary = path + temporarySuffix
        unlink(temporary)
        let file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .file(call: "create", path: temporary, code: errno) }
        try fillAndClose(file, with: bytes, path: temporary)
        guard rename(temporary, path) == 0 else { throw .file(call: "rename", path: temporary, code: errno) }
        try syncFolder(parent(of: path))
    }

    /// Overwrites the file with random bytes, fsyncs, and removes it. What the disk keeps of old blocks is its own.
    static func shred(_ path: String) throws(VaultOpeningError) {
        let file = Glibc.open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        if file < 0 && errno == ENOENT { return }
        guard file >= 0 else { throw .file(call: "open", path: path, code: errno) }
        var status = stat()
        let size = fstat(file, &status) == 0 ? Int(status.st_size) : 0
        // Key files are tiny: the bound is for a wrong file in a key's place.
        try fillAndClose(file, with: .random(count: min(max(size, 32), 256)), path: path)
        guard unlink(path) == 0 else { throw .file(call: "remove", path: path, code: errno) }
        try syncFolder(parent(of: path))
    }

    private static func fillAndClose(_ file: Int32, with bytes: [UInt8], path: String) throws(VaultOpeningError) {
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .file(call: "write", path: path, code: errno) }
            written += count
        }
        guard fsync(file) == 0 else { throw .file(call: "sync", path: path, code: errno) }
    }
}
