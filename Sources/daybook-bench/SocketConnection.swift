import Glibc

/// One kept-alive connection to the daemon, used by one thread.
final class SocketConnection {
    let descriptor: Int32
    /// When the request now under way was sent.
    var sentAtNs: UInt64 = 0
    private var received: [UInt8] = []

    init(path: String) throws {
        let opened = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard opened >= 0 else { throw BenchError.system(call: "socket", code: errno) }
        descriptor = opened
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let isLongEnough = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            room.copyBytes(from: bytes)
            return true
        }
        guard isLongEnough else { throw BenchError.unexpected("the socket's path is too long") }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw BenchError.system(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    func send(_ request: [UInt8]) throws {
        sentAtNs = nowNs()
        try request.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(
                    descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw BenchError.system(call: "send", code: errno) }
                sent += count
            }
        }
    }

    /// Waits for some bytes; the answer once it is complete.
    func receive() throws -> HTTPAnswer? {
        try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count < 0, errno == EINTR { return }
            guard count >= 0 else { throw BenchError.system(call: "recv", code: errno) }
            guard count > 0 else { throw BenchError.closed }
            received.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return try HTTPAnswer(taking: &received)
    }

    func exchange(_ request: [UInt8]) throws -> HTTPAnswer {
        try send(request)
        while true {
            if let answer = try receive() { return answer }
        }
    }

    /// The first answer that is not "try again".
    func exchangeServed(_ request: [UInt8]) throws -> HTTPAnswer {
        let began = nowNs()
        while true {
            let answer = try exchange(request)
            guard answer.status == 503 else { return answer }
            // A large log's read models take minutes to be rebuilt.
            guard nowNs() - began < 1_200_000_000_000 else { throw BenchError.notAnswering(afterSeconds: 1_200) }
            usleep(1_000)
        }
    }
}
