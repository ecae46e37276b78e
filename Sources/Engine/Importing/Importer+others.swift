import Clinic
import Interchange
import Schema

extension Importer {
    /// Of clients who are not brought in yet those who may be on file already, in order of reference: each with the
    /// numbers of whom they may be, and no name.
    ///
    /// Whom an earlier import brought from the same rows is not told: the report has the pairs of the sheet.
    func lookForOthers(_ rows: [Interchange.ClientRow]) throws -> [ImportResult.Note] {
        let ofSheet = Set(rows.compactMap { known.clients[$0.reference] })
        return try patiently {
            try rows.filter { known.clients[$0.reference] == nil }.compactMap { row -> ImportResult.Note? in
                let probe = FittedClient(row, therapist: nil).command.duplicateProbe
                let numbers = try engine.names.possibleDuplicates(probe)
                    .filter { !ofSheet.contains($0) }
                    .compactMap { engine.names.entry(of: $0)?.number }
                guard !numbers.isEmpty else { return nil }
                return ImportResult.Note(
                    sheet: .clients, reference: row.reference,
                    note: "\(numbers.joined(separator: ", ")) may be the same person")
            }
        }
    }
}
