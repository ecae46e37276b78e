import Foundation

/// Who the daemon runs as: when the tests run as root, somebody who may do nothing special.
public struct OrdinaryUser: Sendable {
    /// Nil when the tests run as an ordinary user themselves, or when another may not run what they built.
    public let id: UInt32?

    /// `nobody`, on Debian.
    private static let nobody: UInt32 = 65_534

    public static let shared = OrdinaryUser()

    private init() {
        guard getuid() == 0 else {
            id = nil
            return
        }
        let trial = Self.process(["/usr/bin/test", "-x", Binaries.path("daybookd")], uid: Self.nobody)
        id = (try? Finished(running: trial))?.status == 0 ? Self.nobody : nil
    }

    /// A process of this user.
    public func process(_ command: [String]) -> Process { Self.process(command, uid: id) }

    /// A process of any user, which only root may start, in the group that the daemon's socket is open to.
    public static func process(_ command: [String], uid: UInt32?) -> Process {
        let process = Process()
        var command = command
        if let uid {
            command = ["/usr/bin/setpriv", "--reuid=\(uid)", "--regid=\(nobody)", "--clear-groups", "--"] + command
        }
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        return process
    }
}
