import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

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
        if session.isQueued != before.isQueued || session.queueKey(id) != before.queueKey(id) {
            if before.isQueued { try view.delete(queue, before.queueKey(id)) }
            if session.isQueued { try view.put(queue, session.queueKey(id), session.kept(id)) }
        }
        try queueLeftBehind(session, before: before, view)
    }

    /// A draft of who was to give the session before waits for its author, beside the session, which waits for a note.
    private func queueLeftBehind(_ session: ChartSession, before: ChartSession, _ view: ViewWriter) throws {
        guard session.leftBehindKey != before.leftBehindKey else { return }
        // With another note begun it waits on.
        let isReplaced = session.hasNote && session.note != before.note
        if let key = before.leftBehindKey, !isReplaced { try view.delete(queue, key) }
        guard let key = session.leftBehindKey else { return }
        try view.put(queue, key, .with { $0.note = session.note })
    }

    /// A note was started or stands otherwise than before.
    func queue(_ note: NoteRow, insteadOf before: NoteRow?, _ view: ViewWriter) throws {
        if note.standing == .awaitsCosign {
            try view.put(awaiting, note.id, IdState())
        } else if before?.standing == .awaitsCosign {
            try view.delete(awaiting, note.id)
        }
        guard note.hasAppointment, try before == nil || isOfItsSession(note, view) else {
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
            session.clearNoteStaff()
            session.clearNoteStartedAt()
            guard note.standing != .discarded, note.standing != .enteredInError else { return }
            session.note = note.id
            session.noteStanding = note.standing
            session.noteStaff = note.staff
            session.noteStartedAt = note.startedAt
        }
    }

    /// No other note was begun of its session since.
    private func isOfItsSession(_ note: NoteRow, _ view: ViewWriter) throws -> Bool {
        guard let session = try view.get(sessions, note.appointment) else { return false }
        return session.hasNote && session.note == note.id
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

    /// Its note is but a draft of somebody else than who gives it.
    var isLeftBehind: Bool { hasNote && noteStanding == .draft && noteStaff != staff }

    /// Where that draft waits.
    fileprivate var leftBehindKey: QueueKey? {
        isLeftBehind ? QueueKey(noteStaff, Pair(noteStartedAt, note)) : nil
    }

    /// A note of it is to be written, or is not final yet.
    fileprivate var isQueued: Bool {
        switch noteStanding {
        case .draft where isLeftBehind: status == .completed && !imported
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
