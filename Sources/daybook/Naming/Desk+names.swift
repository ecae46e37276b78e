import DaybookClient
import Schema

extension Desk {
    func staff(_ text: String) async throws -> UInt64 {
        let rows = try await client.ask(ListStaff()).rows
        let candidates = rows.map { row in
            Candidate(
                id: row.id, label: "\(row.name), \(row.roles.map(\.word).joined(separator: ", ")) (\(row.id))",
                names: [row.name, row.email])
        }
        return try NameMatch.one(text, of: "member of staff", among: candidates).id
    }

    func service(_ text: String) async throws -> UInt64 {
        let rows = try await client.ask(ListServices()).rows
        let candidates = rows.map { row in
            Candidate(id: row.id, label: "\(row.code)  \(row.name) (\(row.id))", names: [row.code, row.name])
        }
        return try NameMatch.one(text, of: "service", among: candidates).id
    }

    func location(_ text: String) async throws -> UInt64 {
        let rows = try await client.ask(ListLocations()).rows
        let candidates = rows.map { Candidate(id: $0.id, label: "\($0.name) (\($0.id))", names: [$0.name]) }
        return try NameMatch.one(text, of: "location", among: candidates).id
    }

    /// - Parameter location: Where the room is, if that is known: two locations may both have a Room A.
    func room(_ text: String, at location: UInt64? = nil) async throws -> UInt64 {
        var query = ListRooms()
        if let location { query.location = location }
        let rows = try await client.ask(query).rows
        let candidates = rows.map { row in
            Candidate(
                id: row.id, label: "\(row.name), \(row.locationName) (\(row.id))",
                names: [row.name, "\(row.locationName) \(row.name)"])
        }
        return try NameMatch.one(text, of: "room", among: candidates).id
    }

    /// Each of several, or none.
    func ids(_ texts: [String], _ find: (String) async throws -> UInt64) async throws -> [UInt64] {
        var ids: [UInt64] = []
        for text in texts { ids.append(try await find(text)) }
        return ids
    }
}
