import Clinic
import Foundation
import Interchange
import Schema

extension Importer {
    private static let pageMax = 200

    /// Registers clients in order of reference; the ids of all of them by their reference, those known already included.
    /// One who cannot be registered even without the cells that are at fault is listed and left.
    ///
    /// A client who may be on file already is registered all the same: whether they are one person is for people to
    /// say, and the report names them.
    func register(_ rows: [Interchange.ClientRow]) throws -> [String: UInt64] {
        var ids = known.clients
        applied.known += rows.count { ids[$0.reference] != nil }
        let fresh = rows.filter { known.clients[$0.reference] == nil }
        for start in stride(from: 0, to: fresh.count, by: Self.pageMax) {
            try progress(100 + start * 300 / fresh.count, "clients")
            let page = fresh[start..<min(start + Self.pageMax, fresh.count)]
                .map { FittedClient($0, therapist: $0.therapist.flatMap(names.therapist)) }
            let outcomes = try deliver(page.map { ($0.command, $0.reference) }) { self.applied.clients += $0 }
            for (client, outcome) in zip(page, outcomes) {
                ids[client.reference] = try register(client, after: outcome)
            }
        }
        return ids
    }

    /// The id of a client, once they are without what was refused; nil for one who is left.
    private func register(_ client: FittedClient, after outcome: Outcome) throws -> UInt64? {
        var client = client
        var outcome = outcome
        while case .failure(let refusal) = outcome, client.drop(refusal.facts.field) {
            outcome = try deliver([(client.command, client.reference)]) { self.applied.clients += $0 }[0]
        }
        switch outcome {
        case .success(let reply):
            applied.notes += client.notes.map {
                ImportResult.Note(sheet: .clients, reference: client.reference, note: $0)
            }
            return reply.id
        case .failure(let refusal):
            applied.left.append(
                ImportResult.Left(sheet: .clients, reference: client.reference, because: refusal.reason))
            return nil
        }
    }
}
