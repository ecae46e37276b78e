import Foundation
import Glibc
import Synchronization

/// A folder of one's own in memory for a text that must not stay on a disk: made for one editing, wiped after it, with
/// everything that an editor has left in it.
final class PrivateFolder: Sendable {
    let path: String
    private let state = Mutex<State>(.inUse)

    private enum State {
        case inUse
        /// With what stood in the file at the end; nil when there was none.
        case wiped(last: EditedText?)
    }

    private static let prefix = "daybook-note-"
    /// More than this is no note.
    private static let bytesMax = 8 << 20

    /// - Throws: `UsageError` where no file system is in memory.
    init(_ surroundings: Surroundings) throws {
        let places = [surroundings.variable("XDG_RUNTIME_DIR"), "/dev/shm"].compactMap { $0 }
        guard let place = places.first(where: { Self.isInMemory($0) && access($0, W_OK | X_OK) == 0 }) else {
            throw UsageError(
                "There is no folder in memory to edit in. Set XDG_RUNTIME_DIR to one (a tmpfs), so that nothing is left "
                    + "on a disk.")
        }
        Self.removeLeft(in: place)
        var template = Array("\(place)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
        // For its owner alone, whatever the umask.
        guard mkdtemp(&template) != nil else {
            throw UsageError("A folder to edit in cannot be made in \(place): \(String(cString: strerror(errno))).")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The file that is edited.
    var file: String { path + "/note.txt" }

    /// Writes the text to be edited, readable by its owner alone.
    func write(_ text: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw UsageError("The text cannot be written to \(path).") }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw UsageError("The text cannot be written to \(path): there is no room.") }
            rest = rest.dropFirst(count)
        }
    }

    /// What stands in the file; after the wiping, what stood there last.
    func text() -> EditedText? {
        state.withLock { state in
            if case .wiped(let last) = state { return last }
            return read()
        }
    }

    private func read() -> EditedText? {
        let descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            // Nothing at all is what an empty file says.
            return EditedText(try handle.read(upToCount: Self.bytesMax) ?? Data())
        } catch {
            return nil
        }
    }

    /// When the file was last changed, and how long it is; nil when there is none.
    var mark: [Int]? {
        var status = stat()
        guard stat(file, &status) == 0 else { return nil }
        return [Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec), Int(status.st_size), Int(status.st_ino)]
    }

    /// Overwrites and removes everything. Fine when it was done before.
    func wipe() {
        state.withLock { state in
            guard case .inUse = state else { return }
            state = .wiped(last: read())
            Self.wipe(path)
        }
    }

    deinit { wipe() }

    private static func wipe(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                wipe(path)
            } else {
                if status.st_mode & S_IFMT == S_IFREG { overwrite(path, byteCount: Int(status.st_size)) }
                unlink(path)
            }
        }
        rmdir(folder)
    }

    private static func overwrite(_ path: String, byteCount: Int) {
        let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let zeros = [UInt8](repeating: 0, count: 64 << 10)
        var left = byteCount
        while left > 0 {
            let count = Glibc.write(descriptor, zeros, min(left, zeros.count))
            guard count > 0 else { return }
            left -= count
        }
    }

    /// Of editings that were killed: their process is no more.
    private static func removeLeft(in place: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] where name.hasPrefix(prefix) {
            guard let pid = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
                kill(pid, 0) != 0, errno == ESRCH
            else { continue }
            wipe("\(place)/\(name)")
        }
    }

    /// tmpfs or ramfs: what lies there is gone with the machine's power. Of each mount `proc(5)` tells the device and the
    /// kind: `31 22 0:26 / /dev/shm rw - tmpfs tmpfs rw`.
    private static func isInMemory(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0,
            let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        else { return false }
        let device = UInt64(status.st_dev)
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        let kinds = mounts.split(separator: "\n").compactMap { line -> Substring? in
            let fields = line.split(separator: " ")
            guard fields.count > 3, fields[2] == "\(major):\(minor)", let dash = fields.firstIndex(of: "-") else {
                return nil
            }
            return fields.dropFirst(dash + 1).first
        }
        return !kinds.isEmpty && kinds.allSatisfy { ["tmpfs", "ramfs"].contains($0) }
    }
}
