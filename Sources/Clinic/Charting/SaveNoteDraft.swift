import LMDBKit
import Schema
import SwiftProtobuf

extension SaveNoteDraft: KeepsScratch {
    public static let permission = Permission.writeNotes
    public static let needsText = false

    public var draftInQuestion: UInt64? { hasNote ? note : nil }

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(note: hasNote ? note : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let note = try checked(state, asked)
        let content = try content(of: note)
        let event = NoteDraftSaved.with {
            $0.note = note.id
            $0.client = note.started.client
            $0.revision = note.state.revision + 1
        }
        return [Draft(event, about: note.subjects, texts: [(\.content, content)])]
    }

    /// What an editor saves by itself is an event once ten minutes have passed since the draft's last. The first text of a
    /// client is one at once: whose a key is, the log alone says.
    public func scratch(_ state: borrowing ClinicState, _ asked: Asked) throws -> ScratchDraft? {
        guard autosave else { return nil }
        let note = try checked(state, asked)
        let content = try content(of: note)
        let isDue = asked.nowMs - note.state.recordedAt >= (try state.policy().autosaveMs)
        guard !isDue, try state.key(of: note.started.client, .clinical) != nil else { return nil }
        return ScratchDraft(
            note: note.id, author: note.author, base: note.state.revision, number: asked.draft.autosave + 1,
            content: content, changed: try state.lastChange(of: note.id) ?? note.id)
    }

    private func checked(_ state: borrowing ClinicState, _ asked: Asked) throws -> NoteInHand {
        let note = try state.note(hasNote ? note : nil)
        try note.requireAuthor(asked, "writes")
        try note.requireDraft()
        try requireLatest(note, asked)
        return note
    }

    /// Whoever writes on from something older is told, so that nothing that was saved elsewhere is lost.
    private func requireLatest(_ note: NoteInHand, _ asked: Asked) throws {
        let base = try Fields.required(hasBase ? base : nil, "base", "the revision that you changed; 0 for the first")
        guard base == note.state.revision, baseAutosave == asked.draft.autosave else {
            throw Refusal(
                .problem("changed"), status: 412, title: "Saved elsewhere meanwhile",
                detail:
                    "This draft was saved from another place after you opened it. Look at it again, and put the two "
                    + "together. Nothing was overwritten."
            )
            .with {
                $0.field = base == note.state.revision ? "baseAutosave" : "base"
                $0.changed = note.state.revision == 0 ? note.id : note.state.saved
                $0.revision = note.state.revision
                $0.autosave = asked.draft.autosave
            }
        }
    }

    private func content(of note: NoteInHand) throws(Refusal) -> PrivateText {
        let sections = try NoteSections.checked(self.sections, note.started.template)
        let content = NoteContent(note: note.id, started: note.started, sections: sections)
        return PrivateText(try NoteSections.sealable(content), of: note.started.client, .clinical)
    }
}
