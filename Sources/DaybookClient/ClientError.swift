import Schema

/// Why a call brought no answer that was hoped for.
public enum ClientError: Error, Hashable, Sendable {
    /// Turned down: malformed, refused by a rule, changed meanwhile, busy.
    case refused(Problem)
    /// The caller is unknown or may not do that (401, 403).
    case notPermitted(Problem)
    /// Nobody answers at the socket.
    case unreachable(path: String, why: String)
    /// The connection was lost, or no answer came in time, and once more on repeating. A command sent under `key` may have
    /// been carried out; repeating it under that key finds out, and does nothing twice.
    case lost(key: IdempotencyKey?, why: String)
    /// The connection ended in the middle of a job of this kind, or, for nil, of a stream of events.
    case ended(during: String?)
    /// A path that no socket can have.
    case badSocketPath(String)
    /// Whoever answered does not speak as the daemon does.
    case notUnderstood(String)
    /// A verification found damage.
    case damaged(String)

    /// Sorts a refusal by what its reader has to do next.
    init(_ problem: Problem) {
        self = problem.status == 401 || problem.status == 403 ? .notPermitted(problem) : .refused(problem)
    }

    /// What the API said, when it turned the call down.
    public var problem: Problem? {
        switch self {
        case .refused(let problem), .notPermitted(let problem): problem
        default: nil
        }
    }
}
