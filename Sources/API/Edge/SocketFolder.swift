import Foundation

/// Where the socket is: bound in a folder of its own that nobody else may enter, opened to its group, and only then
/// renamed into place. So there is no moment at which a stranger could connect, and no other daemon's path is taken.
public struct SocketFolder: Sendable {
    /// sun_path holds 108 bytes, the last of them 0.
    public static let pathBytesMax = 107

    public let path: String
    let bindPath: String
    private let folder: String

    public struct TooLong: Error, CustomStringConvertible {
        public var path: String
        public var description: String {
            "the socket path has \(path.utf8.count) bytes, and at most \(SocketFolder.pathBytesMax) are possible: \(path)\n"
                + "choose a shorter one with --socket"
        }
    }

    public init(path: String) throws {
        self.path = path
        folder = path + ".d"
        bindPath = folder + "/s"
        guard bindPath.utf8.count <= Self.pathBytesMax else { throw TooLong(path: path) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard chmod(folder, 0o700) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EPERM) }
        unlink(bindPath)
    }

    /// Once the socket listens.
    func publish() throws {
        guard chmod(bindPath, 0o660) == 0, rename(bindPath, path) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EPERM)
        }
    }

    /// At the end. Only a socket is removed.
    public func remove() {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        rmdir(folder)
    }
}
