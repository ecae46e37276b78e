import Foundation
import Schema

/// Notes, by the events alone.
extension PlainModel {
    mutating func check(_ event: ChartingEvent, _ recorded: Recorded) {
        switch event {
        case .contactRecorded(let event):
            require(clinic.clients[event.client]?.isWithdrawn == false, "INV-CLI-04: a contact with nobody")
        case .noteStarted(let event): check(event, recorded)
        case .noteDraftSaved(let event):
            guard let note = draft(event.note, event.client, recorded) else { return }
            require(event.revision == note.revision + 1, "INV-NOTE-06: revision \(event.revision)")
            require(event.content.commitment.count == 32, "INV-NOTE-03: no commitment")
        case .noteDraftDiscarded(let event):
            _ = draft(event.note, event.client, recorded)
            require(event.hasReason, "INV-NOTE-13: no reason")
        case .noteSigned(let event): check(event, recorded)
        case .noteCosigned(let event):
            checkSupervisor(event.note, event.client, recorded)
        case .noteReturned(let event):
            checkSupervisor(event.note, event.client, recorded)
            require(event.hasReason, "INV-NOTE-05: no reason")
        case .noteAddendumSigned(let event):
            let note = known(event.note, event.client, recorded)
            require(note?.standing == .signed, "INV-NOTE-04: added to what is not final")
            require(event.hasText && event.hasReason, "INV-NOTE-04: an addendum without text or reason")
        case .noteMarkedEnteredInError(let event):
            let note = known(event.note, event.client, recorded)
            require(note?.isSigned ?? false, "INV-NOTE-11: it was not signed")
            require(
                note?.author == recorded.header.actor.id || roles(recorded).contains(.supervisor),
                "INV-NOTE-11: by somebody else")
            guard event.hasReplacement else { return }
            let other = clinic.notes[event.replacement]
            require(
                event.replacement != event.note && other?.started.client == event.client && other?.isSigned ?? false,
                "INV-NOTE-11: another replacement")
        }
    }

    /// Only who cares for the client writes, and it is on record about the note, the client and its author.
    private mutating func known(_ id: UInt64, _ client: UInt64, _ recorded: Recorded) -> PlainNote? {
        guard let note = clinic.notes[id], note.started.client == client else {
            broken.append("there is no note \(id) of \(client)")
            return nil
        }
        let actor = recorded.header.actor.id
        require(
            clinic.isOnTeam(actor, of: client, atMs: recorded.header.recordedAt),
            "INV-ACC-03: \(actor) is not on the team")
        for (kind, thing) in [(Subject.Kind.note, id), (.client, client), (.staff, note.author)] {
            require(
                recorded.header.subjects.contains { $0.kind == kind && $0.id == thing },
                "not filed under \(kind) \(thing)")
        }
        return note
    }

    /// INV-NOTE-01 and -03.
    private mutating func draft(_ id: UInt64, _ client: UInt64, _ recorded: Recorded) -> PlainNote? {
        guard let note = known(id, client, recorded) else { return nil }
        require(note.author == recorded.header.actor.id, "INV-NOTE-01: by \(recorded.header.actor.id)")
        require(note.standing == .draft, "INV-NOTE-03: it is \(note.standing)")
        return note
    }

    /// INV-NOTE-05.
    private mutating func checkSupervisor(_ id: UInt64, _ client: UInt64, _ recorded: Recorded) {
        guard let note = known(id, client, recorded) else { return }
        require(note.standing == .awaitsCosign, "INV-NOTE-05: it is \(note.standing)")
        require(note.author != recorded.header.actor.id, "INV-NOTE-05: by its author")
        require(roles(recorded).contains(.supervisor), "INV-NOTE-05: by no supervisor")
    }

    private mutating func check(_ event: NoteStarted, _ recorded: Recorded) {
        require(event.staff == recorded.header.actor.id, "INV-NOTE-01: for somebody else")
        require(clinic.clients[event.client]?.isWithdrawn == false, "INV-CLI-04: a note about nobody")
        let today = PlainTime.local(recorded.header.recordedAt, clinic.zone).day
        guard event.hasAppointment else {
            require(event.kind == .contact, "INV-NOTE-16: of which session")
            require(PlainTime.day(event.serviceDate) ?? .max <= today, "INV-NOTE-16: still to come")
            return
        }
        let visit = clinic.visits[event.appointment]
        require(visit?.client == event.client && visit?.place.staff == event.staff, "INV-NOTE-01: of another session")
        require(clinic.standingNote(of: event.appointment) == nil, "INV-NOTE-09: a second note of \(event.appointment)")
        let day = PlainTime.day(event.serviceDate) ?? .max
        require(visit?.days(untilMs: nil).contains(day) ?? false, "INV-NOTE-16: on \(event.serviceDate)")
    }

    /// INV-NOTE-03: the signature cites the last save, with its commitment.
    private mutating func check(_ event: NoteSigned, _ recorded: Recorded) {
        guard let note = draft(event.note, event.client, recorded) else { return }
        require(event.revision == note.revision && note.revision > note.returned, "INV-NOTE-05: \(event.revision)")
        require(
            note.saves.last.map { $0.position == event.saved && $0.commitment == event.commitment } ?? false,
            "INV-NOTE-03: it cites another save")
        let visit = note.started.hasAppointment ? clinic.visits[note.started.appointment] : nil
        require(
            visit.map { [.inSession, .completed].contains($0.status) } ?? !note.started.hasAppointment,
            "INV-NOTE-16: the session was not held")
        require(event.awaitsCosign == (recorded.header.role == .trainee), "INV-NOTE-05: for whom to cosign")
    }
}
