import Foundation

/// A connection to a Unix socket, byte by byte, for tests that do what no client library would.
public final class SocketConnection {
    private var descriptor: Int32
    private var buffered: [UInt8] = []

    public struct Failure: Error, CustomStringConvertible {
        public var call: String
        public var code: Int32
        public var description: String { "\(call): \(String(cString: strerror(code)))" }
    }

    /// - Parameter patienceSeconds: how long one read or write may take before the test fails.
    public init(path: String, patienceSeconds: Int = 30) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var patience = timeval(tv_sec: patienceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else {
            let failure = Failure(call: "connect", code: errno)
            close()
            throw failure
        }
    }

    deinit { close() }

    public func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// No more will be sent.
    public func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// One byte out of band, where the kernel has that for Unix sockets.
    public func sendUrgent(_ byte: UInt8) {
        var byte = byte
        Glibc.send(descriptor, &byte, 1, Int32(MSG_OOB) | Int32(MSG_NOSIGNAL))
    }

    public func send(_ text: String) throws { try send(Array(text.utf8)) }

    public func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send", code: errno) }
            sent += count
        }
    }

    /// Everything until the other side ends.
    public func readToEnd() throws -> [UInt8] {
        while try readMore() {}
        defer { buffered = [] }
        return buffered
    }

    /// Up to and with the end of a line; nil at the end.
    public func readLine() throws -> String? {
        while true {
            if let end = buffered.firstIndex(of: 0x0A) {
                let line = String(decoding: buffered[...end], as: UTF8.self)
                buffered.removeSubrange(...end)
                return line.trimmingCharacters(in: .newlines)
            }
            guard try readMore() else { return nil }
        }
    }

    func read(count: Int) throws -> [UInt8] {
        while buffered.count < count {
            guard try readMore() else { throw Failure(call: "read to the end of a body", code: 0) }
        }
        defer { buffered.removeSubrange(..<count) }
        return Array(buffered[..<count])
    }

    private func readMore() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        // Who is closed on with bytes unread learns so after the last answer.
        if count < 0, errno == ECONNRESET { return false }
        guard count >= 0 else { throw Failure(call: "recv", code: errno) }
        buffered += chunk[..<count]
        return count > 0
    }
}
