import ClientHistoryProjection
import Clinic
import ProjectionKit
import Schema
import SwiftProtobuf

extension ClinicEngine {
    /// A note from its read model; for its author with what an editor has saved by itself since, which no read model has.
    func show(
        _ query: ShowNote, _ question: Question, asOfMs: Int64?
    ) async throws -> Answered<ShowNoteAnswer> {
        var answered = try await views.answer(ClientHistoryView.self, question, asOfMs: asOfMs) {
            try query.answer(from: $0, in: $1, $2)
        }
        let row = answered.answer.row
        guard asOfMs == nil, !query.hasRevision, row.standing == .draft, row.staff == question.caller else {
            return answered
        }
        let kept: ScratchKept
        switch try await views.blocking({ [scratches] in scratches.find(row.id, of: row.staff) }) {
        case .nothing: return answered
        case .damaged:
            // Its author is told, and goes on from the revision.
            answered.answer.autosaved.unreadable = true
            return answered
        case .draft(let found): kept = found
        }
        guard kept.base == row.revision else { return answered }
        answered.answer.autosave = kept.number
        answered.answer.autosaved.scratch = .with {
            $0.keyID = kept.keyID
            $0.sealed = kept.sealed
            $0.note = row.id
            $0.client = row.client
        }
        return answered
    }
}
