import Engine
import ProjectionKit
import Schema

extension Queries {
    /// Whether what it asks for may be somebody's name, and so does not belong into an address.
    static func isPrivate(_ type: any Query.Type) -> Bool { type is FindClients.Type }
}
