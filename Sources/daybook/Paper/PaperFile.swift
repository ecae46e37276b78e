import Foundation
import Glibc

/// A page written where it was asked for, readable by its owner alone.
enum PaperFile {
    /// Writes to a new file; in a folder, to one that is named after the document.
    ///
    /// - Returns: where it was written to.
    /// - Throws: `UsageError`; what was there before is never overwritten.
    static func write(_ page: HTML, to path: String, number: String) throws -> String {
        var path = path
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            path += (path.hasSuffix("/") ? "" : "/") + number + ".html"
        }
        // For its owner alone from its first moment, whatever the umask.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else {
                throw UsageError("\(path) cannot be written: \(String(cString: strerror(errno))).")
            }
            throw UsageError("\(path) is there already. Name another file, or remove that one first.")
        }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(page.source.utf8))
            try handle.synchronize()
        } catch {
            unlink(path)
            throw UsageError("\(path) cannot be written to its end. Is there room?")
        }
        return path
    }
}
