import Foundation

/// Where the socket is: bound in a folder of its own that nobody else may enter, opened to its group, and only then
/// renamed into place. So there is no moment at which a stranger could connect, and no other daemon's path is taken.
public struct SocketFolder: Sendable {
    /// sun_path holds 108 bytes, the last of them 0.
    public static let pathBytesMax = 107
    /// The path it is bound at, and renamed from, is longer by this.
    private static let suffix = ".d/s"

    public let path: String
    var bindPath: String { path + Self.suffix }
    private var folder: String { path + ".d" }

    /// Why there can be no socket at a path.
    public enum Failure: Error, CustomStringConvertible {
        case tooLong(path: String)
        case notASocket(path: String)
        case system(call: String, path: String, code: Int32)

        public var description: String {
            switch self {
            case .tooLong(let path):
                "the socket path has \(path.utf8.count) bytes, and at most "
                    + "\(SocketFolder.pathBytesMax - SocketFolder.suffix.utf8.count) are possible: "
                    + "choose a shorter one with --socket"
            case .notASocket(let path): "\(path) is there and is no socket: choose another path with --socket"
            case .system(let call, let path, let code):
                "cannot \(call) \(path): \(String(cString: strerror(code))); choose another path with --socket"
            }
        }
    }

    /// Looks whether there can be a socket; nothing is made yet.
    public init(path: String) throws(Failure) {
        self.path = path
        guard (path + Self.suffix).utf8.count <= Self.pathBytesMax else { throw .tooLong(path: path) }
        if let type = Self.type(path), type != .typeSocket { throw .notASocket(path: path) }
    }

    /// Makes the folder in which it is bound. Only after the data is locked: until then a socket may be another
    /// daemon's.
    func prepare() throws(Failure) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw .current("make", folder) }
        guard chmod(folder, 0o700) == 0 else { throw .current("close to others", folder) }
        unlink(bindPath)
    }

    /// Once the socket listens.
    func publish() throws(Failure) {
        guard chmod(bindPath, 0o660) == 0 else { throw .current("open to its group", bindPath) }
        guard rename(bindPath, path) == 0 else { throw .current("rename the socket to", path) }
    }

    /// At the end. Only a socket is removed.
    public func remove() {
        if Self.type(path) == .typeSocket { unlink(path) }
        rmdir(folder)
    }

    /// What is at a path, links not followed; nil when nothing is.
    private static func type(_ path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
}

extension SocketFolder.Failure {
    fileprivate static func current(_ call: String, _ path: String) -> Self {
        .system(call: call, path: path, code: errno)
    }
}
