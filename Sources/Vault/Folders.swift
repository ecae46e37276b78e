import Glibc

extension PrivateFiles {
    /// Makes what was created, renamed or removed in the folder durable.
    static func syncFolder(_ path: String) throws(VaultOpeningError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .file(call: "open the folder", path: path, code: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .file(call: "sync the folder", path: path, code: errno) }
    }

    static func parent(of path: String) -> String {
        let trimmed = path.reversed().drop { $0 == "/" }
        guard let slash = trimmed.firstIndex(of: "/") else { return path.hasPrefix("/") ? "/" : "." }
        let parent = String(trimmed[slash...].drop { $0 == "/" }.reversed())
        return parent.isEmpty ? "/" : parent
    }

    /// Names in the folder, in order.
    static func names(in path: String) throws(VaultOpeningError) -> [String] {
        guard let folder = opendir(path) else { throw .file(call: "list", path: path, code: errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether `inner`, which must exist as `outer` must, lies in or is `outer` once all links are followed.
    static func isFolder(_ inner: String, inside outer: String) throws(VaultOpeningError) -> Bool {
        let inner = try resolved(inner)
        let outer = try resolved(outer)
        return inner == outer || inner.hasPrefix(outer == "/" ? outer : outer + "/")
    }

    private static func resolved(_ path: String) throws(VaultOpeningError) -> String {
        guard let real = realpath(path, nil) else { throw .file(call: "find", path: path, code: errno) }
        defer { free(real) }
        return String(cString: real)
    }
}

enum FileError {
    /// What the system calls an errno.
    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
