import Schema
import SwiftProtobuf

extension DiscardNoteDraft: Command {
    public static let permission = Permission.writeNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    /// INV-NOTE-13: with a reason, and what was saved stays on record.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try state.note(hasNote ? note : nil)
        try note.requireAuthor(asked, "throws away")
        try note.requireDraft()
        let reason = try Fields.text(hasReason ? reason : nil, "reason", maxLength: TextLimit.reason)
        let event = NoteDraftDiscarded.with {
            $0.note = note.id
            $0.client = note.started.client
        }
        return [Draft(event, about: note.subjects, texts: [(\.reason, note.text(reason))])]
    }
}
