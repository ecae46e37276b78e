import Foundation
import Synchronization

/// A socket whose queue of connections is full: the kernel lets nobody more in until somebody is accepted.
final class FullQueue: Sendable {
    let path: String
    private let folder: String
    private let listener: Int32
    private let waiting: [Int32]

    struct Failure: Error { var code: Int32 }

    init() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/daybook-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array((folder + "/s").utf8)) }
        let listener = Self.socket()
        let bound = Self.with(&address) { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 0) == 0 else { throw Failure(code: errno) }
        var waiting: [Int32] = []
        while true {
            let one = Self.socket()
            waiting.append(one)
            if Self.with(&address, { connect(one, $0, $1) }) != 0 { break }
        }
        guard errno == EAGAIN else { throw Failure(code: errno) }
        self.folder = folder
        self.path = folder + "/s"
        self.listener = listener
        self.waiting = waiting
    }

    deinit {
        for one in waiting + [listener] { close(one) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func socket() -> Int32 {
        Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    }

    private static func with(
        _ address: inout sockaddr_un, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Lets in whoever comes, until one of them has asked something and this was the answer to it.
    func serve(_ body: String) {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        // Those that only filled the queue say that they have nothing to ask.
        for one in waiting { shutdown(one, Int32(SHUT_RDWR)) }
        _ = fcntl(listener, F_SETFL, 0)
        while true {
            let one = accept(listener, nil, nil)
            guard one >= 0 else { return }
            defer { close(one) }
            var asked = [UInt8](repeating: 0, count: 4_096)
            guard recv(one, &asked, asked.count, 0) > 0 else { continue }
            _ = text.withCString { send(one, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
            return
        }
    }
}
