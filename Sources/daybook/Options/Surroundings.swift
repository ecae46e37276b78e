import Foundation

/// What the process is given besides its arguments.
struct Surroundings: Sendable {
    var environment: [String: String]
    var home: String
    /// The configuration every user of the machine shares.
    var systemConfig = "/etc/daybook/daybook.yaml"

    static var process: Surroundings {
        Surroundings(environment: ProcessInfo.processInfo.environment, home: NSHomeDirectory())
    }

    /// A variable that says something.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A path as somebody writes it in a configuration, with `~` for the home folder.
    func expanded(_ path: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
}
