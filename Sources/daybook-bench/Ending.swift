import Foundation

/// How the daemon came to its end before a start.
enum Ending: String, CaseIterable {
    case orderly = "after an orderly end"
    /// The kernel still has what the process wrote, so that little is to be caught up.
    case killed = "after SIGKILL"
    /// As after a power cut: what was not synced counts for nothing, and its saved copy is brought up to date.
    case otherBoot = "after a changed boot id"
    /// The worst a power cut can leave: what decisions need is learned again from the whole log.
    case withoutState = "with the state lost"

    func end(_ daemon: Daemon) throws {
        switch self {
        case .orderly: try daemon.stop()
        case .killed: daemon.kill()
        case .otherBoot:
            daemon.kill()
            try Self.forgetBoot(under: daemon.dataDirectory)
        case .withoutState:
            try daemon.stop()
            try FileManager.default.removeItem(atPath: daemon.dataDirectory + "/state")
        }
    }

    /// Has every file that says in which boot it was written name another.
    private static func forgetBoot(under folder: String) throws {
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init()
        where path.hasSuffix("/trust") {
            let text = Machine.text("\(folder)/\(path)").replacing(/boot [^\n]*/, with: "boot another")
            try text.write(toFile: "\(folder)/\(path)", atomically: false, encoding: .utf8)
        }
    }
}
