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
        var pace = ArrivalPace()
        var connections: [ObjectIdentifier: Connection] = [:]
        /// Turned away, and given a moment to read why.
        var parting = 0
        var turnedAway: UInt64 = 0
    }

    /// So many may take their time to read why they were turned away; others are closed at once.
    private static let partingMax = 128
    private let contents: Mutex<Contents>

    init(quota: ConnectionQuota) { contents = Mutex(Contents(quota: quota)) }

    /// Remembers a new connection, on its event loop; false when its user has too many, or is not to be known.
    func admit(_ channel: any Channel) -> Bool {
        let asked = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            Self.hearUrgentBytes(on: $0)
            return Self.peer(of: $0)
        }
        guard let peer = asked.flatMap({ $0 }) else { return false }
        let id = ObjectIdentifier(channel)
        let isAdmitted = contents.withLock { contents in
            let isInTime =
                contents.quota.privileged.contains(peer.uid) || contents.pace.admit(peer.uid, now: .now())
            guard isInTime, contents.quota.admit(peer.uid) else {
                contents.turnedAway += 1
                return false
            }
            contents.connections[id] = Connection(uid: peer.uid, channel: channel)
            return true
        }
        if isAdmitted { channel.closeFuture.whenComplete { [self] _ in forget(id) } }
        return isAdmitted
    }

    /// A byte that is sent out of band (MSG_OOB) becomes one like the others. Left aside, it would wake us and not be there
    /// to be read, which is not foreseen below.
    private static func hearUrgentBytes(on socket: NIOBSDSocket.Handle) {
        var isOn: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_OOBINLINE, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func peer(of socket: NIOBSDSocket.Handle) -> Credentials? {
        var peer = Credentials()
        var size = socklen_t(MemoryLayout<Credentials>.size)
        return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer : nil
    }

    func uid(of channel: any Channel) -> UInt32? {
        contents.withLock { $0.connections[ObjectIdentifier(channel)]?.uid }
    }

    /// Open connections, and how many were turned away so far.
    var figures: (open: Int, turnedAway: UInt64) {
        contents.withLock { ($0.connections.count, $0.turnedAway) }
    }

    /// Tells one who has too many connections so, and closes: after half a second, in which what the client still sends
    /// is no error to it, or at once when many are parting.
    ///
    /// The channel is not registered with the event loop yet, and what is written through it would wait for that for
    /// ever. So the few bytes go into the socket itself, whose buffer is empty.
    func turnAway(_ channel: any Channel, with answer: ByteBuffer) {
        let isTold = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            Self.say(answer, on: $0)
        }
        let mayLinger = contents.withLock { contents in
            guard isTold == true, contents.parting < Self.partingMax else { return false }
            contents.parting += 1
            return true
        }
        guard mayLinger else { return channel.close(promise: nil) }
        channel.eventLoop.scheduleTask(in: .milliseconds(500)) { [self] in
            channel.close(promise: nil)
            contents.withLock { $0.parting -= 1 }
        }
    }

    /// Sends without waiting, and says that no more will come.
    private static func say(_ answer: ByteBuffer, on socket: NIOBSDSocket.Handle) -> Bool {
        let sent = answer.withUnsafeReadableBytes {
            send(socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        }
        return sent == answer.readableBytes && shutdown(socket, Int32(SHUT_WR)) == 0
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
