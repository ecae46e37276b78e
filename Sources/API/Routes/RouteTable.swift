import HTTPTypes
import Hummingbird

/// Every address there is, and its methods, so that a wrong method is told from a wrong address.
struct RouteTable {
    /// Path in the router's notation, and methods.
    static let entries: [(path: String, methods: [HTTPRequest.Method])] = [
        ("/v1/commands/:name", [.post]),
        ("/v1/queries/:name", [.get, .post]),
        ("/v1/events", [.get]),
        ("/v1/log/checkpoint", [.get]),
        ("/v1/log/key", [.get]),
        ("/v1/log/proof/:position", [.get]),
        ("/v1/log/tile/**", [.get]),
        ("/v1/jobs/:kind", [.get, .post, .delete]),
        ("/v1/openapi.json", [.get]),
        ("/v1/health", [.get]),
        ("/v1/metrics", [.get]),
    ]

    /// The methods of an address; nil when there is no such address.
    static func methods(at path: String) -> [HTTPRequest.Method]? {
        let said = path.split(separator: "/", omittingEmptySubsequences: true)
        return entries.first { matches($0.path.split(separator: "/"), said) }?.methods
    }

    private static func matches(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        for (index, part) in pattern.enumerated() {
            if part == "**" { return path.count > index }
            guard index < path.count, part.hasPrefix(":") || part == path[index] else { return false }
        }
        return pattern.count == path.count
    }
}
