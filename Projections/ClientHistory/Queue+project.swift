import LMDBKit
import ProjectionKit
import Schema

/// Whose it is, since when it waits in milliseconds UTC, and the appointment or the contact note.
typealias QueueKey = Pair<UInt64, Pair<Int64, UInt64>>

/// What is left to be written and signed: a session that was held, until its note is signed, and every draft.
extension ClientHistoryView {
    /// A session changes, and its place in the queue with it.
    func updateSession(_ id: UInt64, _ view: ViewWriter, _ change: (inout ChartSession) -> Void) throws {
        guard let before = try view.get(sessions, id) else {
            throw ProjectionError.missingRow(table: sessions.raw.name)
        }
        var session = before
        change(&session)
        try view.put(sessions, id, session)
        if session.isHeld, !before.isHeld { try view.put(held, Pair(session.client, id), IdState()) }
        guard session.isQueued != before.isQueued || session.queueKey(id) != before.queueKey(id) else { return }
        if before.isQueued { try view.delete(queue, before.queueKey(id)) }
        if session.isQueued { try view.put(queue, session.queueKey(id), session.kept(id)) }
    }

    /// A note was started or stands otherwise than before.
    func queue(_ note: NoteRow, insteadOf before: NoteRow?, _ view: ViewWriter) throws {
        if note.standing == .awaitsCosign {
            try view.put(awaiting, note.id, IdState())
        } else if before?.standing == .awaitsCosign {
            try view.delete(awaiting, note.id)
        }
        guard note.hasAppointment else {
            let key = QueueKey(note.staff, Pair(note.startedAt, note.id))
            if note.isOpen {
                var kept = NoteQueueKept()
                kept.note = note.id
                try view.put(queue, key, kept)
            } else {
                try view.delete(queue, key)
            }
            return
        }
        try updateSession(note.appointment, view) { session in
            session.clearNote()
            session.clearNoteStanding()
            guard note.standing != .discarded, note.standing != .enteredInError else { return }
            session.note = note.id
            session.noteStanding = note.standing
        }
    }

    func fold(_ event: ClientsEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        switch event {
        case .clientRegistered(let event):
            var client = ChartClient()
            client.number = event.number
            client.take(SealedClientDetails(event, recorded))
            try view.put(clients, recorded.position, client)
        case .clientDetailsUpdated(let event):
            guard var client = try view.get(clients, event.client) else { return }
            client.take(SealedClientDetails(event, recorded))
            try view.put(clients, event.client, client)
        case .careTeamMemberAssigned: break
        }
    }
}

extension NoteRow {
    /// Something is left to be done about it.
    var isOpen: Bool { standing == .draft || standing == .awaitsCosign }
}

extension ChartSession {
    fileprivate var isHeld: Bool { status == .inSession || status == .completed }

    /// A note of it is to be written, or is not final yet.
    fileprivate var isQueued: Bool {
        switch noteStanding {
        case .draft, .awaitsCosign: true
        case .signed: false
        case .unspecified, .discarded, .enteredInError, .UNRECOGNIZED: status == .completed && !imported
        }
    }

    fileprivate func queueKey(_ id: UInt64) -> QueueKey { QueueKey(staff, Pair(hasEndedAt ? endedAt : startAt, id)) }

    fileprivate func kept(_ id: UInt64) -> NoteQueueKept {
        var kept = NoteQueueKept()
        kept.appointment = id
        return kept
    }
}

extension ChartClient {
    fileprivate mutating func take(_ details: SealedClientDetails) {
        if let name = details.givenName { givenName = name }
        if let name = details.familyName { familyName = name }
    }
}
