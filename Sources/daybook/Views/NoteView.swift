import Schema

/// Notes as people read them.
enum NoteView {
    static func lines(_ answer: ShowNoteAnswer, _ practice: Practice) -> [String] {
        let row = answer.row
        var lines = ["Note \(row.id), \(row.standing.word)"]
        lines += Pairs.lines([
            ("By", row.staffName), ("Of", row.hasAppointment ? "appointment \(row.appointment)" : "a contact"),
            ("Day", row.serviceDate), ("Template", row.template), ("Client", "\(row.client)"),
            ("Revision", revision(answer)), ("Why", row.reason.shown),
            ("Instead", row.hasReplacement ? "note \(row.replacement)" : ""),
        ])
        lines += text(answer.content, row.template)
        if answer.hasAutosaved {
            lines += ["", "Saved by an editor since, and not yet a revision:"] + text(answer.autosaved, row.template)
        }
        for signature in row.signatures { lines += Self.lines(signature, practice) }
        for addendum in answer.addenda {
            lines += ["", "Addendum \(addendum.id), \(addendum.staffName), \(practice.wallClock(addendum.signedAt))"]
            lines += indented(addendum.text.shown) + ["  Why: \(addendum.reason.shown.printable)"]
        }
        return lines
    }

    private static func revision(_ answer: ShowNoteAnswer) -> String {
        guard answer.hasRevision else { return "none was saved" }
        let last = answer.row.revision
        return last == answer.revision ? "\(last)" : "\(answer.revision) of \(last)"
    }

    private static func lines(_ signature: NoteSignatureRow, _ practice: Practice) -> [String] {
        let voided = signature.void ? ", void: given back" : ""
        let late = signature.lateEntry ? ", a late entry" : ""
        let line =
            "Signed by \(signature.staffName), \(signature.role.word), as \(signature.meaning), revision "
            + "\(signature.revision), \(practice.wallClock(signature.signedAt))\(late)\(voided)"
        let comment = signature.comment.shown.printable
        return ["", line.printable] + (comment.isEmpty ? [] : ["  \(comment)"])
    }

    /// The sections under their headings; of what is no text, why.
    private static func text(_ field: Private, _ template: String) -> [String] {
        guard case .text(let json)? = field.value else {
            let why = field.value == nil ? "" : field.shown.isEmpty ? "(not shown to you)" : field.shown
            return why.isEmpty ? [] : ["", why]
        }
        guard let content = NoteContent(json: json) else { return ["", json.printable] }
        return content.sections.flatMap { ["", $0.name.capitalizedFirst.printable] + indented($0.text) }
    }

    private static func indented(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "  " + String($0).printable }
    }

    static func queue(_ rows: [NoteQueueRow], _ practice: Practice) -> Table {
        Table(
            [
                .fixed("Day"), Table.Column("Client"), .fixed("Number"), Table.Column("With"), .fixed("What"),
                .fixed("Due"), .number("Appointment"), .number("Note"),
            ],
            rows.map { row in
                let name = [row.clientGivenName.shown, row.clientFamilyName.shown].filter { !$0.isEmpty }
                let due = row.hasDueAt ? practice.wallClock(row.dueAt) + (row.overdue ? " overdue" : "") : ""
                return [
                    row.serviceDate, name.joined(separator: " "), row.clientNumber, row.staffName, row.what.spaced, due,
                    row.hasAppointment ? "\(row.appointment)" : "", row.hasNote ? "\(row.note)" : "",
                ]
            })
    }

    static func chart(_ rows: [ChartRow], _ practice: Practice) -> Table {
        Table(
            [
                .fixed("When"), Table.Column("With"), .fixed("Session"), Table.Column("Note"), .number("Appointment"),
                .number("Id"),
            ],
            rows.flatMap { row -> [[String]] in
                let head = [
                    row.hasAppointment ? row.start.replacing("T", with: " ") : row.serviceDate, row.staffName,
                    row.hasAppointment ? row.status.word : "contact",
                ]
                let appointment = row.hasAppointment ? "\(row.appointment)" : ""
                guard !row.notes.isEmpty else { return [head + ["none", appointment, ""]] }
                return row.notes.map { head + [words($0), appointment, "\($0.id)"] }
            })
    }

    private static func words(_ note: NoteRow) -> String {
        var words = [note.standing.word]
        if note.signatures.contains(where: { $0.lateEntry && !$0.void }) { words.append("late entry") }
        if note.addenda > 0 { words.append(note.addenda == 1 ? "1 addendum" : "\(note.addenda) addenda") }
        return words.joined(separator: ", ")
    }
}

extension NoteStanding.Value {
    var word: String { "\(self)".spaced }
}
