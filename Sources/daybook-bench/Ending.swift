import Foundation

/// How the daemon came to its end before a start.
enum Ending: String, CaseIterable {
    case orderly = "after an orderly end"
    /// The kernel still has what the process wrote, so that little is to be caught up.
    case killed = "after SIGKILL"
    /// The worst a power cut can leave: what decisions need is learned again from the whole log.
    case withoutState = "with the state lost"

    func end(_ daemon: Daemon) throws {
        switch self {
        case .orderly: try daemon.stop()
        case .killed: daemon.kill()
        case .withoutState:
            try daemon.stop()
            try FileManager.default.removeItem(atPath: daemon.dataDirectory + "/state")
        }
    }
}
