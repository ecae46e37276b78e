/// A path that a Unix socket can be connected at.
public struct SocketPath: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// `sun_path` of `sockaddr_un` holds 108 bytes on Linux, and the last is zero (unix(7)).
    public static let maxBytes = 107

    /// - Throws: `ClientError.badSocketPath` for what the system would cut short or refuse without saying why.
    public init(_ path: String) throws(ClientError) {
        let length = path.utf8.count
        guard length > 0 else { throw .badSocketPath("the socket's path is empty") }
        guard !path.utf8.contains(0) else { throw .badSocketPath("the socket's path holds the character U+0000") }
        guard length <= Self.maxBytes else {
            throw .badSocketPath(
                "the socket's path is \(length) bytes long and a Unix socket's may have \(Self.maxBytes): \(path)")
        }
        description = path
    }
}
