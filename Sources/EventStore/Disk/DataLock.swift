import Foundation

/// One daemon per clinic: the lock is taken before anything else is touched, and held until the process ends.
public final class DataLock: Sendable {
    private let descriptor: Int32

    public struct Held: Error, CustomStringConvertible {
        public var path: String
        /// The process that holds it, when it said so.
        public var holder: String

        public var description: String { "\(path) is in use by \(holder)" }
    }

    public init(dataDirectory: String) throws {
        let path = dataDirectory + "/lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: path, encoding: .utf8))?
                .trimmingCharacters(in: .whitespacesAndNewlines)
            // The descriptor is closed by `deinit`, since every property has its value by now.
            throw Held(path: path, holder: holder.flatMap { $0.isEmpty ? nil : $0 } ?? "another process")
        }
        let text = Array("process \(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    deinit { close(descriptor) }
}
