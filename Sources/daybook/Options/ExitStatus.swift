import DaybookClient

/// What the process says to a script when it ends.
enum ExitStatus: Int32, Sendable {
    case done = 0
    case refused = 1
    case usage = 2
    case notPermitted = 3
    case unreachable = 4
    case damaged = 5

    init(_ error: any Error) {
        guard let error = error as? ClientError else {
            self = error is UsageError ? .usage : .refused
            return
        }
        switch error {
        case .refused(let problem):
            self = problem.type == "urn:daybook:problem:damaged" ? .damaged : .refused
        case .notPermitted: self = .notPermitted
        case .unreachable, .lost, .ended: self = .unreachable
        case .badSocketPath: self = .usage
        case .notUnderstood: self = .unreachable
        case .damaged: self = .damaged
        }
    }
}
