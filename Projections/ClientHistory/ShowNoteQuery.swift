import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ShowNote: Query {
    public static let permission = Permission.viewNotes
    public static let clientPermission: Permission? = .viewChart

    /// A draft is its author's alone; what somebody signed, whatever became of the signature, is read by the care team.
    public func answer(
        from view: ClientHistoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ShowNoteAnswer {
        guard hasNote else { throw Refusal.field("note", "`note` is missing: the note's id.") }
        guard let row = try view.notes.get(note, in: transaction) else {
            throw Refusal.missing("note", note, field: "note")
        }
        try question.requireSeesChart(ofClient: row.client, field: "note")
        var answer = ShowNoteAnswer()
        answer.row = try view.named(row, in: transaction)
        answer.revisions = try revisions(of: view, in: transaction)
        if let wanted = try choose(answer, question) {
            try fill(&answer, wanted, from: view, in: transaction)
        }
        try view.addenda.scan(prefix: note, in: transaction) { _, addendum in
            var addendum = addendum
            addendum.staffName = try view.staffName(addendum.staff, in: transaction)
            answer.addenda.append(addendum)
            return .next
        }
        return answer
    }

    private func revisions(
        of view: ClientHistoryView, in transaction: borrowing ReadTransaction
    ) throws -> [NoteRevisionRow] {
        var rows: [NoteRevisionRow] = []
        try view.revisions.scan(prefix: note, in: transaction) { _, kept in
            rows.append(kept.row)
            return .next
        }
        return rows
    }

    /// The revision to show; nil for a draft in which nothing was saved.
    private func choose(_ answer: ShowNoteAnswer, _ question: Question) throws(Refusal) -> UInt32? {
        let isAuthor = answer.row.staff == question.caller
        let readable = answer.revisions.filter { isAuthor || $0.signed }
        guard isAuthor || !readable.isEmpty else {
            throw .forbidden("This note is a draft, which its author alone reads.").with { $0.field = "note" }
        }
        guard hasRevision else { return readable.last?.revision }
        guard answer.revisions.contains(where: { $0.revision == revision }) else {
            throw .missing("revision", UInt64(revision), field: "revision")
        }
        guard readable.contains(where: { $0.revision == revision }) else {
            throw .forbidden("This revision was a draft, which its author alone reads.").with { $0.field = "revision" }
        }
        return revision
    }

    /// INV-NOTE-03: what is shown as signed is what was signed, by its commitment; the box is checked against that when it
    /// is opened.
    private func fill(
        _ answer: inout ShowNoteAnswer, _ wanted: UInt32, from view: ClientHistoryView,
        in transaction: borrowing ReadTransaction
    ) throws {
        guard let kept = try view.revisions.get(Pair(note, UInt64(wanted)), in: transaction) else { return }
        answer.revision = wanted
        answer.commitment = kept.content.sealed.commitment
        let cited = answer.row.signatures.filter { $0.revision == wanted }.map(\.commitment)
        if cited.allSatisfy({ $0 == kept.content.sealed.commitment }) {
            answer.content = Private(kept.content)
        } else {
            answer.content.unreadable = true
        }
    }
}

extension ClientHistoryView {
    func staffName(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> String {
        try staffNames.get(id, in: transaction)?.value ?? ""
    }

    /// With the names of its author and of those who signed.
    func named(_ note: NoteRow, in transaction: borrowing ReadTransaction) throws -> NoteRow {
        var note = note
        note.staffName = try staffName(note.staff, in: transaction)
        for index in note.signatures.indices {
            note.signatures[index].staffName = try staffName(note.signatures[index].staff, in: transaction)
        }
        return note
    }
}
