import Clinic
import Schema
import SwiftProtobuf

extension PlainNoteAsk {
    /// Whether it is a command about a signature, or about what was signed.
    mutating func decideSigning(_ command: any Command) -> Bool {
        switch command {
        case let command as SignNote: decide(command)
        case let command as CosignNote:
            guard let note = awaiting(command.note, isNamed: command.hasNote) else { return true }
            record(
                NoteCosigned.with {
                    $0.note = command.note
                    $0.client = note.started.client
                })
        case let command as ReturnNote:
            guard let note = awaiting(command.note, isNamed: command.hasNote) else { return true }
            requireText(command.reason)
            record(
                NoteReturned.with {
                    $0.note = command.note
                    $0.client = note.started.client
                })
        case let command as AddAddendum:
            guard let note = signed(command.note, isNamed: command.hasNote) else { return true }
            require(note.standing != .awaitsCosign, "INV-NOTE-05")
            requireText(command.text)
            requireText(command.reason)
            record(
                NoteAddendumSigned.with {
                    $0.note = command.note
                    $0.client = note.started.client
                })
        case let command as MarkNoteInError: decide(command)
        default: return false
        }
        return true
    }

    /// INV-NOTE-02, -05, -10 and -16.
    private mutating func decide(_ command: SignNote) {
        guard let note = ownDraft(command.note, isNamed: command.hasNote) else { return }
        let draft = drafts[command.note] ?? PlainDraft()
        require(command.hasRevision, "malformed")
        require(note.revision > 0, "INV-NOTE-02")
        require(command.revision == note.revision, "changed")
        require(draft.autosave == 0, "unsaved")
        require(note.revision > note.returned || note.revision == 0, "INV-NOTE-05")
        require(draft.said.isSuperset(of: note.sections), "INV-NOTE-02")
        let endedMs = serviceEndMs(note)
        let save = note.saves.last
        record(
            NoteSigned.with {
                $0.note = command.note
                $0.client = note.started.client
                $0.revision = note.revision
                $0.saved = save?.position ?? 0
                $0.commitment = save?.commitment ?? $0.commitment
                $0.lateEntry = endedMs.map { nowMs - $0 > 72 * 3_600_000 } ?? false
                $0.awaitsCosign = role == .trainee
            })
    }

    /// When the session, or the day of the contact, was over; nil while the session goes on.
    private mutating func serviceEndMs(_ note: PlainNote) -> Int64? {
        guard let day = PlainTime.day(note.started.serviceDate) else { return nil }
        guard note.started.hasAppointment else { return PlainTime.ms(day: day + 1, minute: 0, clinic.zone) }
        guard let visit = clinic.visits[note.started.appointment] else { return nil }
        require(visit.place.staff == note.author, "INV-NOTE-01")
        require([.inSession, .completed].contains(visit.status), "INV-NOTE-16")
        require(visit.days(untilMs: nowMs).contains(day), "INV-NOTE-16")
        return visit.heldToMs
    }

    /// INV-NOTE-05: what a trainee signed, for somebody else to sign or to give back.
    private mutating func awaiting(_ id: UInt64, isNamed: Bool) -> PlainNote? {
        guard let note = note(id, isNamed: isNamed) else { return nil }
        switch note.standing {
        case .awaitsCosign: require(note.author != caller, "INV-NOTE-05")
        case .draft, .signed: object("INV-NOTE-05")
        case .discarded, .enteredInError: objectToEnded(note)
        }
        return note
    }

    private mutating func signed(_ id: UInt64, isNamed: Bool) -> PlainNote? {
        guard let note = note(id, isNamed: isNamed) else { return nil }
        if note.standing == .draft { object("INV-NOTE-04") }
        if !note.isLive { objectToEnded(note) }
        return note
    }

    /// INV-NOTE-11.
    private mutating func decide(_ command: MarkNoteInError) {
        guard let note = signed(command.note, isNamed: command.hasNote) else { return }
        require(note.author == caller || callerRoles.contains(.supervisor), "INV-NOTE-11")
        requireText(command.reason)
        if command.hasReplacement {
            let other = clinic.notes[command.replacement]
            require(other != nil, "not-found")
            let isFit = other.map {
                command.replacement != command.note && $0.started.client == note.started.client && $0.isSigned
            }
            require(isFit ?? true, "malformed")
        }
        record(
            NoteMarkedEnteredInError.with {
                $0.note = command.note
                $0.client = note.started.client
                if command.hasReplacement { $0.replacement = command.replacement }
            })
    }
}
