import Schema
import SwiftProtobuf

extension CosignNote: Command {
    public static let permission = Permission.cosignNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    /// INV-NOTE-05: by a supervisor of the client's care who is not the author.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try state.note(hasNote ? note : nil)
        try note.requireAwaiting(asked)
        let comment = try Fields.optionalText(hasComment ? comment : nil, "comment", maxLength: TextLimit.remark)
        let event = NoteCosigned.with {
            $0.note = note.id
            $0.client = note.started.client
        }
        return [Draft(event, about: note.subjects, texts: [(\.comment, note.text(comment))])]
    }
}
