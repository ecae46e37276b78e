import Schema
import SwiftProtobuf

extension AddAddendum: Command {
    public static let permission = Permission.writeNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    /// INV-NOTE-04: whoever cares for the client may add to what is final, in a text of their own.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try state.note(hasNote ? note : nil)
        _ = try asked.requireStaff()
        try note.requireSigned("Its author changes the draft itself.")
        let text = try Fields.text(hasText ? self.text : nil, "text", maxLength: TextLimit.note)
        let reason = try Fields.text(hasReason ? reason : nil, "reason", maxLength: TextLimit.reason)
        let event = NoteAddendumSigned.with {
            $0.note = note.id
            $0.client = note.started.client
        }
        return [
            Draft(
                event, about: [Subject(.addendum, asked.next)] + note.subjects,
                texts: [(\.text, note.text(text)), (\.reason, note.text(reason))])
        ]
    }
}
