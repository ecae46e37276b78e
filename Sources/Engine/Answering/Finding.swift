import Clinic
import DirectoryProjection
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Clients by part of their name: found in memory by the names of today, among those whom the caller may see by
    /// name, and shown from the directory, of today or of a former time. What is shown counts as a look.
    func find(
        _ query: FindClients, _ question: Question, asOfMs: Int64?
    ) async throws -> Answered<FindClientsAnswer> {
        let text = query.hasText ? query.text : ""
        try TextFilter.check(text, field: "text")
        guard text.count(where: { !$0.isWhitespace }) >= 2 else {
            throw Refusal.field("text", "`text` must be at least two characters of a name, email, phone or number.")
        }
        let limit = query.hasLimit ? Int(query.limit) : 20
        guard (1...100).contains(limit) else { throw Refusal.field("limit", "`limit` must be 1 to 100.") }
        let (clients, more, unreadable) = try await views.blocking { [names] in
            try names.find(text, limit: limit, visible: question.sees)
        }
        return try await views.answer(DirectoryView.self, question, asOfMs: asOfMs) { directory, transaction, _ in
            var answer = FindClientsAnswer()
            answer.rows = try clients.compactMap { try directory.clientRow($0, in: transaction) }
            answer.more = more
            if unreadable > 0 { answer.unreadable = UInt32(clamping: unreadable) }
            return answer
        }
    }
}
