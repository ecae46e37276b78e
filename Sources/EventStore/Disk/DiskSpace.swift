import Glibc

/// How much room a file system has.
public struct DiskSpace: Equatable, Sendable {
    /// For an ordinary user, in bytes.
    public let availableBytes: UInt64

    /// Asks about the file system of `path`.
    public init(at path: String) throws(LogError) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw .current("measure", path) }
        let (bytes, isOver) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        availableBytes = isOver ? .max : bytes
    }

    /// Whether new work is to be refused, so that reading, backup and erasure still have room.
    public func isBelowFloor(_ floorBytes: UInt64) -> Bool { availableBytes < floorBytes }
}

/// A file that takes up room, to be given back when the disk is full and what must be written still has to be.
public struct Ballast: Sendable {
    public static let defaultBytes: Int = 64 << 20

    public let path: String
    public let byteCount: Int

    /// - Parameter directory: on the file system to keep room on.
    public init(directory: String, byteCount: Int = defaultBytes) {
        precondition(byteCount > 0, "a ballast takes up room")
        path = directory + "/ballast"
        self.byteCount = byteCount
    }

    /// Whether the room is held.
    public var isHeld: Bool {
        var status = stat()
        return stat(path, &status) == 0 && Int(status.st_blocks) * 512 >= byteCount
    }

    /// Takes the room up, unless it is held already. Blocks are allocated, not merely promised.
    ///
    /// - Throws: `diskFull`; then no part of it is held.
    public func hold() throws(LogError) {
        if isHeld { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .current("create", path) }
        defer { close(descriptor) }
        // It answers its error instead of setting errno.
        let code = posix_fallocate(descriptor, 0, off_t(byteCount))
        guard code == 0 else {
            unlink(path)
            throw code == ENOSPC ? .diskFull : .system(call: "allocate", path: path, code: code)
        }
        guard fsync(descriptor) == 0 else { throw .current("sync", path) }
    }

    /// Gives the room back.
    public func release() throws(LogError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .current("remove", path) }
    }
}
