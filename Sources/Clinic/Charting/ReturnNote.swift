import Schema
import SwiftProtobuf

extension ReturnNote: Command {
    public static let permission = Permission.cosignNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    /// The trainee's signature is void and stays on record (INV-NOTE-06); the note is a draft again.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try state.note(hasNote ? note : nil)
        try note.requireAwaiting(asked)
        let reason = try Fields.text(hasReason ? reason : nil, "reason", maxLength: TextLimit.remark)
        let event = NoteReturned.with {
            $0.note = note.id
            $0.client = note.started.client
        }
        return [Draft(event, about: note.subjects, texts: [(\.reason, note.text(reason))])]
    }
}
