import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The open connections, and who is at the other end of each: asked of the kernel once, when it is accepted.
final class PeerUsers: Sendable {
    /// The kernel's `struct ucred`, which Glibc's module does not show.
    struct Credentials {
        var pid: Int32 = 0
        var uid: UInt32 = .max
        var gid: UInt32 = .max
    }

    private struct Connection {
        var uid: UInt32
        var channel: any Channel
    }

    private struct Contents {
        var quota: ConnectionQuota
        var connections: [ObjectIdentifier: Connection] = [:]
        /// Turned away, and given a moment to read why.
        var parting = 0
        var turnedAway: UInt64 = 0
    }

    /// So many may take their time to read why they were turned away; others are closed at once.
    private static let partingMax = 128
    private let contents: Mutex<Contents>

    init(quota: ConnectionQuota) { contents = Mutex(Contents(quota: quota)) }

    /// Remembers a new connection; false when its user has too many.
    func admit(_ channel: any Channel) -> EventLoopFuture<Bool> {
        guard let socket = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededFuture(false)
        }
        let asked: EventLoopFuture<Credentials> = socket.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
        return asked.map { [self] peer in
            let id = ObjectIdentifier(channel)
            let isAdmitted = contents.withLock { contents in
                guard contents.quota.admit(peer.uid) else {
                    contents.turnedAway += 1
                    return false
                }
                contents.connections[id] = Connection(uid: peer.uid, channel: channel)
                return true
            }
            if isAdmitted { channel.closeFuture.whenComplete { [self] _ in forget(id) } }
            return isAdmitted
        }
    }

    func uid(of channel: any Channel) -> UInt32? {
        contents.withLock { $0.connections[ObjectIdentifier(channel)]?.uid }
    }

    /// Open connections, and how many were turned away so far.
    var figures: (open: Int, turnedAway: UInt64) {
        contents.withLock { ($0.connections.count, $0.turnedAway) }
    }

    /// Tells one who has too many connections so, and closes: when it was read, but after half a second at the latest.
    func turnAway(_ channel: any Channel, with answer: ByteBuffer) -> EventLoopFuture<Void> {
        let mayLinger = contents.withLock { contents in
            guard contents.parting < Self.partingMax else { return false }
            contents.parting += 1
            return true
        }
        let written = channel.writeAndFlush(answer)
        guard mayLinger else { return written.flatMap { channel.close() } }
        channel.closeFuture.whenComplete { [self] _ in contents.withLock { $0.parting -= 1 } }
        channel.eventLoop.scheduleTask(in: .milliseconds(500)) { channel.close(promise: nil) }
        return written.flatMap { channel.close(mode: .output) }
    }

    /// Ends every connection, whatever it is at.
    func closeAll() {
        for connection in contents.withLock({ Array($0.connections.values) }) { connection.channel.close(promise: nil) }
    }

    private func forget(_ id: ObjectIdentifier) {
        contents.withLock { contents in
            guard let connection = contents.connections.removeValue(forKey: id) else { return }
            contents.quota.release(connection.uid)
        }
    }
}
