import Clinic
import Foundation
import Interchange
import Schema
import Timetable

extension Importer {
    /// Books rows in order of reference. One that clashes with an imported one is listed and left, and so is one that is
    /// refused; a row that is left stands in nobody's way.
    func book(_ rows: [Interchange.AppointmentRow], _ clients: [String: UInt64]) throws {
        var page = AppointmentPage()
        appointments = known.appointments
        for row in rows where known.appointments[row.reference] != nil {
            applied.known += 1
            page.keep(row)
        }
        let fresh = rows.filter { known.appointments[$0.reference] == nil }
        for (index, row) in fresh.enumerated() {
            guard let client = clients[row.client] else {
                leave(row, "its client was not imported", references: [row.client])
                continue
            }
            // What becomes of the rows that it clashes with must be known first.
            if page.isFull || page.mayBlock(row) {
                try progress(400 + index * 550 / fresh.count, "appointments")
                try flush(&page)
            }
            let clashes = page.clashes(with: row)
            if clashes.isEmpty {
                page.add(row, FittedAppointment(row, client: client, names, in: sheets.zone))
            } else {
                leave(row, "clashes with an earlier row", references: clashes.map(\.reference))
            }
        }
        try progress(950, "appointments")
        try flush(&page)
    }

    private func flush(_ page: inout AppointmentPage) throws {
        let waiting = page.takeWaiting()
        let commands = waiting.map { ($0.fitted.command as any Command, Optional($0.row.reference)) }
        let outcomes = try deliver(commands) { self.applied.appointments += $0 }
        for (waiting, outcome) in zip(waiting, outcomes) {
            let row = waiting.row
            switch outcome {
            case .success(let reply):
                page.keep(row)
                appointments[row.reference] = reply.id
                applied.notes += waiting.fitted.notes.map {
                    ImportResult.Note(sheet: .appointments, reference: row.reference, note: $0)
                }
            case .failure(let refusal): leave(row, refusal.reason, conflicts: refusal.facts.conflicts)
            }
        }
    }

    private func leave(
        _ row: Interchange.AppointmentRow, _ because: String, conflicts: [UInt64] = [], references: [String] = []
    ) {
        applied.left.append(
            ImportResult.Left(
                sheet: .appointments, reference: row.reference, because: because, conflicts: conflicts,
                references: Array(Set(references)).sorted()))
    }
}
