import DaybookClient
import Schema

extension Desk {
    /// A client by number, id, or part of a name.
    func client(_ text: String) async throws -> UInt64 {
        // The daemon says of an id that is nobody's that there is no such client.
        if let id = UInt64(text) { return id }
        if Self.isNumber(text) { return try await client(numbered: text.uppercased()) }
        var query = FindClients()
        query.text = text
        let meter = ProgressMeter(screen)
        let answer = try await client.ask(query, progress: meter.show)
        await meter.end()
        // The daemon looked at addresses too; a name is meant before these are.
        let candidates = answer.rows.map(Self.candidate)
        let named = NameMatch.find(text, among: candidates)
        if named.count == 1, !answer.more { return named[0].id }
        if candidates.count == 1, !answer.more { return candidates[0].id }
        guard !candidates.isEmpty else { throw UsageError("There is no client “\(text)” that you may see.") }
        let more = answer.more ? " There are more than these." : ""
        throw UsageError(
            "“\(text)” may be any of these. Say more of the name, or the number.\(more)",
            choices: candidates.map(\.label))
    }

    private func client(numbered number: String) async throws -> UInt64 {
        var query = ListClients()
        query.number = number
        let rows = try await client.ask(query).rows
        guard let row = rows.first(where: { $0.number == number }) ?? (rows.count == 1 ? rows.first : nil) else {
            throw UsageError("There is no client with the number \(number).", choices: rows.map(\.number))
        }
        return row.id
    }

    static func isNumber(_ text: String) -> Bool {
        let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0] == "C" && !parts[1].isEmpty && parts[1].allSatisfy(\.isNumber)
    }

    private static func candidate(_ row: ClientRow) -> Candidate {
        let born = row.dateOfBirth.shown
        let label = [row.number, row.name, born.isEmpty ? "" : "born \(born)"].filter { !$0.isEmpty }
        let full = [row.givenName.shown, row.familyName.shown].joined(separator: " ")
        return Candidate(id: row.id, label: label.joined(separator: "  "), names: [row.name, full, row.number])
    }
}
