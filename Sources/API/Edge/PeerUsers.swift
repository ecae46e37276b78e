import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Who is at the other end of each connection, asked of the kernel once when it is accepted.
final class PeerUsers: Sendable {
    /// The kernel's `struct ucred`, which Glibc's module does not show.
    struct Credentials {
        var pid: Int32 = 0
        var uid: UInt32 = .max
        var gid: UInt32 = .max
    }

    private struct Contents {
        var uids: [ObjectIdentifier: UInt32] = [:]
        var counts: [UInt32: Int] = [:]
    }

    /// Connections one user may hold at a time; one more is answered and closed.
    let connectionsMax: Int
    private let contents = Mutex(Contents())

    init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

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
                contents.uids[id] = peer.uid
                contents.counts[peer.uid, default: 0] += 1
                return contents.counts[peer.uid, default: 0] <= connectionsMax
            }
            channel.closeFuture.whenComplete { [self] _ in forget(id) }
            return isAdmitted
        }
    }

    func uid(of channel: any Channel) -> UInt32? {
        contents.withLock { $0.uids[ObjectIdentifier(channel)] }
    }

    private func forget(_ id: ObjectIdentifier) {
        contents.withLock { contents in
            guard let uid = contents.uids.removeValue(forKey: id) else { return }
            let left = contents.counts[uid, default: 1] - 1
            contents.counts[uid] = left == 0 ? nil : left
        }
    }
}
