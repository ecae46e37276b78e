import LMDBKit
import ProjectionKit
import Schema

extension NoteQueue: Query {
    public static let permission = Permission.viewNoteQueue

    public var target: Target { Target(staff: hasStaff ? staff : nil) }

    public func answer(
        from view: ClientHistoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> NoteQueueAnswer {
        let limit = try PageLimit.checked(hasLimit ? self.limit : nil)
        let clock = QueueClock(
            nowMs: question.nowMs, dueMs: (try view.policy.get(0, in: transaction) ?? PracticePolicy()).noteDueMs)
        var answer = NoteQueueAnswer()
        // What waits for the supervisor who asks comes before what they have to write.
        if !hasAfter, hasStaff, staff == question.caller {
            answer.rows = try awaited(view, question, clock, limit, in: transaction)
        }
        try add(to: &answer, from: view, clock, limit, in: transaction)
        return answer
    }

    private func awaited(
        _ view: ClientHistoryView, _ question: Question, _ clock: QueueClock, _ limit: Int,
        in transaction: borrowing ReadTransaction
    ) throws -> [NoteQueueRow] {
        var rows: [NoteQueueRow] = []
        try view.awaiting.scanAll(in: transaction) { id, _ in
            guard let note = try view.notes.get(id, in: transaction), note.staff != question.caller,
                question.permits(.cosignNotes, Target(client: note.client))
            else { return .next }
            let row = try view.queueRow(note: note, clock, in: transaction)
            if !overdue || row.overdue { rows.append(row) }
            return rows.count < limit ? .next : .stop
        }
        return rows
    }

    private func add(
        to answer: inout NoteQueueAnswer, from view: ClientHistoryView, _ clock: QueueClock, _ limit: Int,
        in transaction: borrowing ReadTransaction
    ) throws {
        var last: QueueKey?
        let start = try hasAfter ? Self.key(after) : QueueKey(hasStaff ? staff : 0, Pair(.min, 0))
        try view.queue.scan(from: start, in: transaction) { key, kept in
            guard !hasStaff || key.first == staff else { return .stop }
            if hasAfter, key == start { return .next }
            let row = try view.queueRow(kept, clock, in: transaction)
            guard !overdue || row.overdue else { return .next }
            guard answer.rows.count < limit else {
                answer.next = Self.text(last ?? start)
                return .stop
            }
            answer.rows.append(row)
            last = key
            return .next
        }
    }

    private static func key(_ text: String) throws(Refusal) -> QueueKey {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let staff = UInt64(parts[0]), let timeMs = Int64(parts[1]), let id = UInt64(parts[2])
        else { throw .field("after", "`after` must be the `next` of an answer.") }
        return QueueKey(staff, Pair(timeMs, id))
    }

    private static func text(_ key: QueueKey) -> String { "\(key.first).\(key.second.first).\(key.second.second)" }
}

/// What time it is for the queue.
struct QueueClock {
    var nowMs: Int64
    /// From the end of a session until its note is overdue.
    var dueMs: Int64
}

extension ClientHistoryView {
    func queueRow(
        _ kept: NoteQueueKept, _ clock: QueueClock, in transaction: borrowing ReadTransaction
    ) throws -> NoteQueueRow {
        if kept.hasNote {
            guard let note = try notes.get(kept.note, in: transaction) else {
                throw ProjectionError.missingRow(table: notes.raw.name)
            }
            return try queueRow(note: note, clock, in: transaction)
        }
        guard let session = try sessions.get(kept.appointment, in: transaction) else {
            throw ProjectionError.missingRow(table: sessions.raw.name)
        }
        if session.hasNote, !session.isLeftBehind, let note = try notes.get(session.note, in: transaction) {
            return try queueRow(note: note, clock, in: transaction)
        }
        var row = NoteQueueRow()
        row.what = "unsigned"
        row.appointment = kept.appointment
        row.serviceDate = String(session.start.prefix(10))
        row.wait(for: session, clock)
        return try named(row, client: session.client, staff: session.staff, in: transaction)
    }

    func queueRow(
        note: NoteRow, _ clock: QueueClock, in transaction: borrowing ReadTransaction
    ) throws -> NoteQueueRow {
        var row = NoteQueueRow()
        row.what = note.standing == .awaitsCosign ? "awaits_cosign" : "draft"
        row.note = note.id
        row.serviceDate = note.serviceDate
        row.revision = note.revision
        row.sinceAt = note.startedAt
        if note.hasAppointment, let session = try sessions.get(note.appointment, in: transaction) {
            row.appointment = note.appointment
            row.wait(for: session, clock)
        } else {
            row.dueAt = note.startedAt + clock.dueMs
            row.overdue = clock.nowMs > row.dueAt
        }
        return try named(row, client: note.client, staff: note.staff, in: transaction)
    }

    private func named(
        _ row: NoteQueueRow, client: UInt64, staff: UInt64, in transaction: borrowing ReadTransaction
    ) throws -> NoteQueueRow {
        var row = row
        row.client = client
        row.staff = staff
        row.staffName = try staffName(staff, in: transaction)
        if let known = try clients.get(client, in: transaction) {
            row.clientNumber = known.number
            if known.hasGivenName { row.clientGivenName = Private(known.givenName) }
            if known.hasFamilyName { row.clientFamilyName = Private(known.familyName) }
        }
        return row
    }
}

extension NoteQueueRow {
    /// The note of a session that goes on is not due yet.
    fileprivate mutating func wait(for session: ChartSession, _ clock: QueueClock) {
        overdue = false
        guard session.hasEndedAt else { return }
        sinceAt = session.endedAt
        dueAt = session.endedAt + clock.dueMs
        overdue = clock.nowMs > dueAt
    }
}
