import DirectoryProjection
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Clients by part of their name: found in memory, shown from the directory. What is shown counts as a look.
    func find(_ query: FindClients) async throws -> Answered<FindClientsAnswer> {
        let text = query.hasText ? query.text : ""
        guard text.count >= 2, text.count <= 200 else {
            throw Refusal.field("text", "`text` must be at least two characters of a name, email, phone or number.")
        }
        let limit = query.hasLimit ? Int(query.limit) : 20
        guard (1...100).contains(limit) else { throw Refusal.field("limit", "`limit` must be 1 to 100.") }
        let (clients, more) = try names.find(text, limit: limit)
        return try await views.read(DirectoryView.self) { directory, transaction in
            var answer = FindClientsAnswer()
            answer.rows = try clients.compactMap { try directory.clientRow($0, in: transaction) }
            answer.more = more
            return answer
        }
    }
}
