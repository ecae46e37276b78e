import HTTPTypes
import Hummingbird
import Schema

/// Every address there is, in the router's notation. One that does not say by which methods it is asked and who is let
/// in does not compile.
enum Address: String, CaseIterable {
    case command = "/v1/commands/:name"
    case query = "/v1/queries/:name"
    case events = "/v1/events"
    case checkpoint = "/v1/log/checkpoint"
    case key = "/v1/log/key"
    case proof = "/v1/log/proof/:position"
    case tile = "/v1/log/tile/**"
    case job = "/v1/jobs/:kind"
    case openAPI = "/v1/openapi.json"
    case health = "/v1/health"
    case metrics = "/v1/metrics"

    /// Who is let in.
    enum Gate: Equatable {
        /// Whoever can connect.
        case everybody
        /// Whoever is known to the clinic, whatever their roles.
        case known
        case holders(of: Permission)
        /// Whoever may do what the address names: a command, a question, a job, or a tile of entries.
        case asNamed
    }

    var methods: [HTTPRequest.Method] {
        switch self {
        case .command: [.post]
        case .query: [.get, .post]
        case .job: [.get, .post, .delete]
        case .events, .checkpoint, .key, .proof, .tile, .openAPI, .health, .metrics: [.get]
        }
    }

    var gate: Gate {
        switch self {
        case .command, .query, .job, .tile: .asNamed
        case .events: .holders(of: .viewEvents)
        case .metrics: .holders(of: .administer)
        case .proof, .openAPI: .known
        case .checkpoint, .key, .health: .everybody
        }
    }

    /// What the audit trail calls it.
    var name: String {
        switch self {
        case .command: "commands"
        case .query: "queries"
        case .events: "events"
        case .checkpoint: "log/checkpoint"
        case .key: "log/key"
        case .proof: "log/proof"
        case .tile: "log/tile"
        case .job: "jobs"
        case .openAPI: "openapi"
        case .health: "health"
        case .metrics: "metrics"
        }
    }

    /// The methods of a path; nil when there is no such address.
    static func methods(at path: String) -> [HTTPRequest.Method]? {
        let said = path.split(separator: "/", omittingEmptySubsequences: true)
        return allCases.first { matches($0.rawValue.split(separator: "/"), said) }?.methods
    }

    private static func matches(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        for (index, part) in pattern.enumerated() {
            if part == "**" { return path.count > index }
            guard index < path.count, part.hasPrefix(":") || part == path[index] else { return false }
        }
        return pattern.count == path.count
    }
}
