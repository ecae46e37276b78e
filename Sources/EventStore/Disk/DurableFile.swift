import Glibc

/// Files that are there whole or not at all, also after a power cut: temporary file, fsync, rename, fsync of the folder.
enum DurableFile {
    static func write(_ bytes: [UInt8], to path: String) throws(LogError) {
        try replace(path, by: bytes)
        try syncFolder(Self.folder(of: path))
    }

    /// The same up to the rename, for many files of one folder: the caller syncs that.
    static func replace(_ path: String, by bytes: [UInt8]) throws(LogError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .current("create", temporary) }
        do throws(LogError) {
            try write(bytes, to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw .current("sync", temporary) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0 else { throw .current("close", temporary) }
        guard rename(temporary, path) == 0 else { throw .current("rename", temporary) }
    }

    /// Whether the file has these bytes already.
    static func isThere(_ bytes: [UInt8], at path: String) throws(LogError) -> Bool {
        byteCount(path) == bytes.count ? try read(path) == bytes : false
    }

    /// The file's length; 0 when there is none.
    static func byteCount(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The file's bytes; nil when there is none.
    static func read(_ path: String, bytesMax: Int = 64 << 20) throws(LogError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .current("open", path)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw .current("read", path)
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= bytesMax else { throw .system(call: "read", path: path, code: EFBIG) }
        }
    }

    static func syncFolder(_ path: String) throws(LogError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .current("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .current("sync", path) }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The names in a folder; none when there is no such folder.
    static func names(in path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(LogError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw .current("write", path)
            }
            written += count
        }
    }
}

extension LogError {
    /// What `errno` says of a call that has just failed.
    static func current(_ call: String, _ path: String) -> LogError {
        let code = errno
        return code == ENOSPC || code == EDQUOT ? .diskFull : .system(call: call, path: path, code: code)
    }
}
