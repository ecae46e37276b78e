import Schema

extension MarkNoteInError: Command {
    public static let permission = Permission.writeNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    /// INV-NOTE-11: by its author or a supervisor. It stays readable.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try state.note(hasNote ? note : nil)
        guard try asked.requireStaff() == note.author || asked.caller.roles.contains(.supervisor) else {
            throw Refusal.rule(
                "INV-NOTE-11", "Somebody else's note", "Its author or a supervisor marks a note as entered in error.")
        }
        try note.requireSigned(orAwaiting: true, "Throw it away instead.")
        let reason = try Fields.text(hasReason ? reason : nil, "reason", maxLength: TextLimit.reason)
        var event = NoteMarkedEnteredInError()
        event.note = note.id
        event.client = note.started.client
        if hasReplacement { event.replacement = try checkedReplacement(note, state) }
        return [Draft(event, about: note.subjects, texts: [(\.reason, note.text(reason))])]
    }

    /// Another note of the same client that was signed and stands.
    private func checkedReplacement(_ note: NoteInHand, _ state: borrowing ClinicState) throws -> UInt64 {
        let other = try state.note(replacement, field: "replacement")
        guard other.id != note.id, other.started.client == note.started.client else {
            throw Refusal.field("replacement", "`replacement` must be another note of the same client.")
        }
        guard other.state.standing == .signed || other.state.standing == .awaitsCosign else {
            throw Refusal.field("replacement", "`replacement` must be a signed note.")
        }
        return other.id
    }
}
