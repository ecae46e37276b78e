import LMDBKit
import ProjectionKit
import Schema

/// Notes, their revisions, signatures and addenda.
extension ClientHistoryView {
    func fold(_ event: ChartingEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        switch event {
        case .contactRecorded: break
        case .noteStarted(let event): try start(event, recorded, view)
        case .noteDraftSaved(let event): try save(event, recorded, view)
        case .noteDraftDiscarded(let event):
            try updateNote(event.note, recorded, view) {
                $0.standing = .discarded
                $0.setReason(recorded.clinical(event.reason, of: event.client))
            }
        case .noteSigned(let event): try sign(event, recorded, view)
        case .noteCosigned(let event):
            try updateNote(event.note, recorded, view) { note in
                note.standing = .signed
                var signature = NoteSignatureRow(recorded, "cosigner")
                signature.revision = note.revision
                if let last = note.signatures.last { signature.commitment = last.commitment }
                signature.setComment(recorded.clinical(event.comment, of: event.client))
                note.signatures.append(signature)
            }
        case .noteReturned(let event):
            try updateNote(event.note, recorded, view) { note in
                note.standing = .draft
                guard let last = note.signatures.indices.last else { return }
                note.signatures[last].void = true
                note.signatures[last].setComment(recorded.clinical(event.reason, of: event.client))
            }
        case .noteAddendumSigned(let event): try add(event, recorded, view)
        case .noteMarkedEnteredInError(let event):
            try updateNote(event.note, recorded, view) {
                $0.standing = .enteredInError
                $0.setReason(recorded.clinical(event.reason, of: event.client))
                if event.hasReplacement { $0.replacement = event.replacement }
            }
        }
    }

    private func start(_ event: NoteStarted, _ recorded: Recorded, _ view: ViewWriter) throws {
        var note = NoteRow()
        note.id = recorded.position
        note.client = event.client
        note.staff = event.staff
        note.kind = event.kind
        if event.hasAppointment { note.appointment = event.appointment }
        note.template = event.template
        note.serviceDate = event.serviceDate
        note.standing = .draft
        note.revision = 0
        note.startedAt = recorded.header.recordedAt
        note.addenda = 0
        note.changed = recorded.position
        try view.put(notes, recorded.position, note)
        try view.put(notesOfClient, Pair(event.client, recorded.position), IdState())
        try queue(note, insteadOf: nil, view)
    }

    private func save(_ event: NoteDraftSaved, _ recorded: Recorded, _ view: ViewWriter) throws {
        var kept = NoteRevisionKept()
        kept.row.revision = event.revision
        kept.row.position = recorded.position
        kept.row.savedAt = recorded.header.recordedAt
        kept.row.signed = false
        if let content = recorded.clinical(event.content, of: event.client) { kept.content = content }
        try view.put(revisions, Pair(event.note, UInt64(event.revision)), kept)
        try updateNote(event.note, recorded, view) {
            $0.revision = event.revision
            $0.savedAt = recorded.header.recordedAt
        }
    }

    private func sign(_ event: NoteSigned, _ recorded: Recorded, _ view: ViewWriter) throws {
        try view.update(revisions, Pair(event.note, UInt64(event.revision))) { $0.row.signed = true }
        try updateNote(event.note, recorded, view) {
            $0.standing = event.awaitsCosign ? .awaitsCosign : .signed
            var signature = NoteSignatureRow(recorded, "author")
            signature.revision = event.revision
            signature.lateEntry = event.lateEntry
            signature.commitment = event.commitment
            $0.signatures.append(signature)
        }
    }

    private func add(_ event: NoteAddendumSigned, _ recorded: Recorded, _ view: ViewWriter) throws {
        var addendum = AddendumRow()
        addendum.id = recorded.position
        addendum.staff = recorded.header.actor.id
        addendum.role = recorded.header.role
        addendum.signedAt = recorded.header.recordedAt
        var ordinal: UInt32 = 0
        if let text = recorded.sealed(event.text, ordinal: &ordinal, of: event.client, .clinical) {
            addendum.text = Private(text)
        }
        if let reason = recorded.sealed(event.reason, ordinal: &ordinal, of: event.client, .clinical) {
            addendum.reason = Private(reason)
        }
        try view.put(addenda, Pair(event.note, recorded.position), addendum)
        try updateNote(event.note, recorded, view) { $0.addenda += 1 }
    }

    private func updateNote(
        _ id: UInt64, _ recorded: Recorded, _ view: ViewWriter, _ change: (inout NoteRow) throws -> Void
    ) throws {
        guard let before = try view.get(notes, id) else {
            throw ProjectionError.missingRow(table: notes.raw.name)
        }
        var note = before
        try change(&note)
        note.changed = recorded.position
        try view.put(notes, id, note)
        if note.standing != before.standing { try queue(note, insteadOf: before, view) }
    }
}

extension NoteSignatureRow {
    fileprivate init(_ recorded: Recorded, _ meaning: String) {
        self.init()
        position = recorded.position
        staff = recorded.header.actor.id
        role = recorded.header.role
        self.meaning = meaning
        signedAt = recorded.header.recordedAt
        void = false
    }

    fileprivate mutating func setComment(_ place: SealedAt?) { if let place { comment = Private(place) } }
}

extension NoteRow {
    fileprivate mutating func setReason(_ place: SealedAt?) { if let place { reason = Private(place) } }
}

extension Recorded {
    /// The one sealed part of an event, about a client's treatment.
    fileprivate func clinical(_ field: Sealed, of client: UInt64) -> SealedAt? {
        var ordinal: UInt32 = 0
        return sealed(field, ordinal: &ordinal, of: client, .clinical)
    }
}
