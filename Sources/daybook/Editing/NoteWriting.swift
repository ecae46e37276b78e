import DaybookClient
import Schema
import SwiftProtobuf

/// A draft in the editor, saved by itself meanwhile and as a revision at the end.
struct NoteWriting {
    let desk: Desk
    let surroundings: Surroundings
    /// Between two savings while the editor runs.
    let interval: Duration

    func write(_ note: UInt64) async throws {
        let shown = try await look(note)
        guard shown.row.standing == .draft else { throw Self.noDraft(shown.row) }
        var place = try DraftPlace(shown)
        var text = place.saved
        var remarks = place.isDamaged ? [Self.damaged(shown.row.revision)] : []
        desk.screen.complain(remarks)
        while true {
            let saving = AutomaticSaving(place, desk, interval: interval)
            let ended = try await Editing(surroundings).run(text.rendered(Self.head(shown.row) + remarks)) {
                await saving.take($0, isLast: $1)
            }
            let left = try await finish(ended, saving, before: text)
            (text, place) = (left.text, saving.place)
            guard left.remarks.isEmpty else {
                remarks = left.remarks
                continue
            }
            guard !text.isEmpty || place.saved.isEmpty else {
                return desk.screen.complain(["Nothing was written: the draft stays as it was."])
            }
            guard left.isChanged || place.autosave > 0 || !remarks.isEmpty else {
                return desk.screen.complain(["Nothing was changed."])
            }
            do {
                try text.requireFitting()
                return try await desk.send(place.command(text, isAutosave: false)) { reply in
                    ["Saved: note \(note), revision \(reply.revision).", "  To sign it: daybook note sign \(note)"]
                }
            } catch {
                (text, place, remarks) = try await goOn(after: error, text, place)
            }
        }
    }

    private func look(_ note: UInt64) async throws -> ShowNoteAnswer {
        try await desk.client.ask(ShowNote.with { $0.note = note })
    }

    /// What the editor has left. When it failed, what was typed is kept with the draft, or edited on where it cannot be.
    private func finish(_ ended: Editing.Ended, _ saving: AutomaticSaving, before: NoteText) async throws -> Left {
        desk.screen.complain(ended.text?.remarks ?? [])
        let text = ended.text.map { NoteText(reading: $0.text, names: saving.place.names) }
        if ended.status == 0, let text { return Left(text: text, isChanged: text != before || saving.hasSaved) }
        let words = "The editor ended with status \(ended.status), and no revision was saved."
        if let last = ended.text { await saving.take(last.text, isLast: true) }
        if let text, !text.isEmpty, text != saving.place.saved {
            let why = saving.why.map { " \(EditingOn.words($0))" } ?? ""
            let remarks = try EditingOn.remarks(
                after: UsageError("\(words) What was typed could not be kept with the draft.\(why)"), at: desk)
            return Left(text: text, isChanged: true, remarks: remarks)
        }
        let note = saving.place.note
        let kept = saving.place.autosave > 0 ? " What was typed is kept with the draft: daybook note edit \(note)" : ""
        throw UsageError(words + kept)
    }

    private struct Left {
        var text: NoteText
        var isChanged: Bool
        /// What to say above the text that is edited on.
        var remarks: [String] = []
    }

    /// The text is not let go of because it could not be saved: it is edited on, with what was saved elsewhere beside it.
    private func goOn(
        after error: any Error, _ text: NoteText, _ place: DraftPlace
    ) async throws -> (NoteText, DraftPlace, [String]) {
        if (error as? ClientError)?.problem?.status == 412 {
            desk.screen.complain(["This draft was saved from another place meanwhile: put the two together."])
            let theirs = try DraftPlace(try await look(place.note))
            return (
                text.beside(theirs.saved), theirs,
                ["Saved elsewhere meanwhile. What stands there is marked below: put the two together."]
            )
        }
        return (text, place, try EditingOn.remarks(after: error, at: desk))
    }

    private static func damaged(_ revision: UInt32) -> String {
        "What was saved of this draft since revision \(revision) is damaged and lost: this is that revision."
    }

    private static func head(_ row: NoteRow) -> [String] {
        let about = row.hasAppointment ? "the session on \(row.serviceDate)" : "a contact on \(row.serviceDate)"
        return [
            "Note \(row.id) of \(about), \(row.template).",
            "Write under the headings. Lines that begin with #: are left out.",
        ]
    }

    private static func noDraft(_ row: NoteRow) -> UsageError {
        switch row.standing {
        case .signed: UsageError("Note \(row.id) is signed, for ever. To add to it: daybook note addendum \(row.id)")
        case .awaitsCosign: UsageError("Note \(row.id) is signed and waits for a supervisor, who can give it back.")
        default: UsageError("Note \(row.id) is no draft any more. To read it: daybook note show \(row.id)")
        }
    }
}

extension NoteText {
    /// Each section with another's text of it, where they differ, marked below.
    func beside(_ other: NoteText) -> NoteText {
        var both = self
        for (index, theirs) in other.sections.enumerated() where index < both.sections.count {
            let mine = both.sections[index].text
            if mine.isEmpty {
                both.sections[index].text = theirs.text
            } else if !theirs.text.isEmpty, theirs.text != mine {
                both.sections[index].text = "\(mine)\n\n>>> saved elsewhere:\n\(theirs.text)\n<<<"
            }
        }
        return both
    }
}
