import Glibc

/// The data folder that gets a log.
enum RecoveryFolder {
    /// Makes it when it is missing, and locks it.
    static func take(_ path: String) throws(RecoveryError) -> DataLock {
        try RecoveryError.sorting { try DurableFolder.make(path) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .log(.current("look at", path)) }
        // What root makes the daemon's user could not open.
        guard status.st_uid == geteuid() else { throw .otherUser(path: path) }
        do {
            return try DataLock(dataDirectory: path)
        } catch let held as DataLock.Held {
            throw .inUse("\(held)")
        } catch {
            throw .log(.current("lock", path))
        }
    }

    /// Refuses when the log would not fit beside what is there: records take an eighth more in pages, and the tree's nodes
    /// about 110 bytes a record.
    static func requireRoom(_ path: String, bundleBytes: UInt64, size: UInt64) throws(RecoveryError) {
        let needed = bundleBytes + bundleBytes / 8 + 110 * size + 1 << 20
        let available = try RecoveryError.sorting { try DiskSpace(at: path).availableBytes }
        guard available >= needed else {
            throw .noRoom(path: path, neededBytes: needed, availableBytes: available)
        }
    }
}
