import Schema
import Timetable

extension SignNote: AsksForDraft {
    public static let permission = Permission.writeNotes
    public static let needsText = true

    public var draftInQuestion: UInt64? { hasNote ? note : nil }

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    /// The signature cites the save that was read, and with its commitment everything that it says.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try state.note(hasNote ? note : nil)
        try note.requireAuthor(asked, "signs")
        try note.requireDraft()
        try requireRead(note, asked)
        let endedMs = try serviceEndMs(note, state, asked)
        try NoteSections.requireComplete(asked.draft.saved, note.started.template)
        var event = NoteSigned()
        event.note = note.id
        event.client = note.started.client
        event.revision = note.state.revision
        event.saved = note.state.saved
        event.commitment = note.state.commitment
        // INV-NOTE-10.
        let lateMs = try state.policy().lateEntryMs
        event.lateEntry = endedMs.map { asked.nowMs - $0 > lateMs } ?? false
        // INV-NOTE-05.
        event.awaitsCosign = asked.role == .trainee
        return [Draft(event, about: note.subjects)]
    }

    /// What is signed is the last of what was saved, and its author has read it.
    private func requireRead(_ note: NoteInHand, _ asked: Asked) throws {
        let revision = try Fields.required(
            hasRevision ? self.revision : nil, "revision", "the revision that you have read")
        let present = note.state.revision
        guard present > 0 else {
            throw Refusal.rule("INV-NOTE-02", "Nothing is saved", "This draft says nothing yet.")
        }
        guard revision == present else {
            throw Refusal(
                .problem("changed"), status: 412, title: "Not the last revision",
                detail: "Revision \(present) was saved since. Read it, then sign that one."
            )
            .with {
                $0.field = "revision"
                $0.changed = note.state.saved
                $0.revision = present
                $0.autosave = asked.draft.autosave
            }
        }
        guard asked.draft.autosave == 0 else {
            throw Refusal(
                .problem("unsaved"), status: 409, title: "There is text that was not saved",
                detail: "An editor has saved more of this draft by itself. Open the draft, and save it or take it back."
            )
            .with {
                $0.revision = present
                $0.autosave = asked.draft.autosave
            }
        }
        guard revision > note.state.returned else {
            throw Refusal.rule(
                "INV-NOTE-05", "Given back", "A supervisor gave this revision back. Change it before you sign again.")
        }
    }

    /// When the session or the day of the contact was over, milliseconds UTC; nil while the session goes on.
    private func serviceEndMs(_ note: NoteInHand, _ state: borrowing ClinicState, _ asked: Asked) throws -> Int64? {
        let date = try Fields.date(note.started.serviceDate, "note")
        guard note.started.hasAppointment else {
            let zone = try state.practiceZone()
            return date.adding(days: 1).flatMap { LocalDateTime($0, .midnight) }.map { zone.resolve($0).plannedMs }
        }
        let id = note.started.appointment
        let session = AppointmentInHand(id: id, state: try state.appointment(id))
        try session.requireGiven(by: note.author)
        try session.requireHeld()
        guard try session.dates(nowMs: asked.nowMs).contains(date) else {
            throw Refusal.rule(
                "INV-NOTE-16", "Not the day of the session",
                "The session was moved to another day after this note was started. Throw the draft away, and write it "
                    + "anew.")
        }
        return session.state.hasEndedAt ? session.state.endedAt : nil
    }
}
