import LMDBKit
import ProjectionKit
import Schema
import Timetable

extension Chart: Query {
    public static let permission = Permission.viewChart

    public var target: Target { Target(client: hasClient ? client : nil) }

    /// INV-NOTE-11: what was entered in error is left out unless it is asked for.
    public func answer(
        from view: ClientHistoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ChartAnswer {
        guard hasClient else { throw Refusal.field("client", "`client` is missing: the client's id.") }
        guard try view.clients.contains(client, in: transaction) else {
            throw Refusal.missing("client", client, field: "client")
        }
        let limit = try PageLimit.checked(hasLimit ? self.limit : nil)
        let start = try hasAfter ? ChartPlace(after) : nil
        let entries = try entries(from: view, in: transaction)
            .filter { entry in start.map { $0 > entry.place } ?? true }
            .sorted { $0.place > $1.place }
        var answer = ChartAnswer()
        for entry in entries.prefix(limit) {
            var row = entry.row
            row.staffName = try view.staffName(row.staff, in: transaction)
            row.notes = try row.notes.map { try view.named($0.withoutPrivate, in: transaction) }
            answer.rows.append(row)
        }
        if entries.count > limit, let last = entries.prefix(limit).last { answer.next = last.place.text }
        return answer
    }

    private struct ChartEntry {
        var place: ChartPlace
        var row: ChartRow
    }

    private func entries(
        from view: ClientHistoryView, in transaction: borrowing ReadTransaction
    ) throws -> [ChartEntry] {
        var notes: [UInt64: [NoteRow]] = [:]
        var entries: [ChartEntry] = []
        var sessions: Set<UInt64> = []
        try view.notesOfClient.scan(prefix: client, in: transaction) { key, _ in
            guard let note = try view.notes.get(key.second, in: transaction), all || !note.isOver else { return .next }
            if note.hasAppointment {
                notes[note.appointment, default: []].append(note)
                sessions.insert(note.appointment)
            } else {
                entries.append(ChartEntry(place: ChartPlace(ofContact: note), row: ChartRow(ofContact: note)))
            }
            return .next
        }
        try view.held.scan(prefix: client, in: transaction) { key, _ in
            sessions.insert(key.second)
            return .next
        }
        for id in sessions {
            guard let session = try view.sessions.get(id, in: transaction),
                all || session.status != .enteredInError || notes[id] != nil
            else { continue }
            let row = ChartRow(id, session, notes[id] ?? [])
            entries.append(ChartEntry(place: ChartPlace(timeMs: row.startAt, id: id), row: row))
        }
        return entries
    }
}

/// Where an entry stands in a chart; as text the key that a page ends with.
struct ChartPlace: Comparable {
    /// Milliseconds UTC.
    var timeMs: Int64
    var id: UInt64

    init(timeMs: Int64, id: UInt64) {
        self.timeMs = timeMs
        self.id = id
    }

    /// A contact stands before the sessions of its day.
    init(ofContact note: NoteRow) {
        let days = LocalDate(iso: note.serviceDate)?.daysSinceEpoch
        self.init(timeMs: days.map { Int64($0) * 86_400_000 } ?? note.startedAt, id: note.id)
    }

    init(_ text: String) throws(Refusal) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let timeMs = Int64(parts[0]), let id = UInt64(parts[1]) else {
            throw .field("after", "`after` must be the `next` of an answer.")
        }
        self.init(timeMs: timeMs, id: id)
    }

    var text: String { "\(timeMs).\(id)" }

    static func < (left: ChartPlace, right: ChartPlace) -> Bool { (left.timeMs, left.id) < (right.timeMs, right.id) }
}

extension ChartRow {
    fileprivate init(ofContact note: NoteRow) {
        self.init()
        staff = note.staff
        serviceDate = note.serviceDate
        notes = [note]
    }

    fileprivate init(_ id: UInt64, _ session: ChartSession, _ notes: [NoteRow]) {
        self.init()
        appointment = id
        status = session.status
        staff = session.staff
        service = session.service
        start = session.start
        zone = session.zone
        startAt = session.hasStartedAt ? session.startedAt : session.startAt
        if session.hasEndedAt { endedAt = session.endedAt }
        serviceDate = String(session.start.prefix(10))
        self.notes = notes
    }
}

extension NoteRow {
    fileprivate var isOver: Bool { standing == .discarded || standing == .enteredInError }

    /// Texts are read from the note itself.
    fileprivate var withoutPrivate: NoteRow {
        var note = self
        note.clearReason()
        for index in note.signatures.indices { note.signatures[index].clearComment() }
        return note
    }
}

/// How many rows an answer has.
enum PageLimit {
    static func checked(_ limit: UInt32?) throws(Refusal) -> Int {
        guard let limit else { return 100 }
        guard (1...1_000).contains(limit) else { throw .field("limit", "`limit` must be from 1 to 1000.") }
        return Int(limit)
    }
}
