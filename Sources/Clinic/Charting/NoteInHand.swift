import LMDBKit
import Schema

/// A note to which something is about to happen.
struct NoteInHand {
    let id: UInt64
    let state: NoteState

    var started: NoteStarted { state.started }
    var author: UInt64 { started.staff }

    var subjects: [Subject] {
        let appointment = started.hasAppointment ? [Subject(.appointment, started.appointment)] : []
        return [Subject(.note, id), Subject(.client, started.client), Subject(.staff, author)] + appointment
    }

    /// Text about the client's treatment.
    func text(_ text: String?) -> PrivateText? { text.map { PrivateText($0, of: started.client, .clinical) } }

    /// INV-NOTE-01: `does` completes "Only its author … it."
    func requireAuthor(_ asked: Asked, _ does: String) throws(Refusal) {
        guard try asked.requireStaff() == author else {
            throw .rule("INV-NOTE-01", "Somebody else's note", "Only its author \(does) this note.").with {
                $0.field = "note"
            }
        }
    }

    /// What was signed stays as it is, for everybody; what was thrown away is not taken up again.
    func requireDraft() throws(Refusal) {
        switch state.standing {
        case .draft: return
        case .signed:
            throw refusal(
                "INV-NOTE-04", "Signed for ever", "This note is signed. What is to be said now is an addendum.")
        case .awaitsCosign:
            throw refusal(
                "INV-NOTE-04", "Signed already", "This note is signed and waits for a supervisor, who can give it back."
            )
        case .discarded, .enteredInError, .unspecified, .UNRECOGNIZED: throw ended
        }
    }

    /// Only what was signed is added to, or was a mistake.
    func requireSigned(orAwaiting: Bool = false, _ otherwise: String) throws(Refusal) {
        switch state.standing {
        case .signed: return
        case .awaitsCosign:
            guard !orAwaiting else { return }
            throw refusal("INV-NOTE-05", "Not final yet", "This note waits for a supervisor to sign it too.")
        case .draft: throw refusal("INV-NOTE-04", "Not signed", "This note is a draft. \(otherwise)")
        case .discarded, .enteredInError, .unspecified, .UNRECOGNIZED: throw ended
        }
    }

    /// INV-NOTE-05: only what a trainee has signed waits for a supervisor, who is somebody else.
    func requireAwaiting(_ asked: Asked) throws(Refusal) {
        switch state.standing {
        case .awaitsCosign: break
        case .signed: throw refusal("INV-NOTE-05", "Final already", "This note waits for nobody's signature.")
        case .draft: throw refusal("INV-NOTE-05", "Not signed", "Its author has not signed this note yet.")
        case .discarded, .enteredInError, .unspecified, .UNRECOGNIZED: throw ended
        }
        guard try asked.requireStaff() != author else {
            throw refusal("INV-NOTE-05", "Your own note", "Nobody is the supervisor of their own note.")
        }
    }

    private var ended: Refusal {
        state.standing == .discarded
            ? refusal("INV-NOTE-13", "Thrown away", "This draft was thrown away. What it said stays on record.")
            : refusal("INV-NOTE-11", "Entered in error", "This note was entered in error. It stays readable as it is.")
    }

    private func refusal(_ rule: String, _ title: String, _ detail: String) -> Refusal {
        Refusal.rule(rule, title, detail).with { $0.field = "note" }
    }
}

extension ClinicState {
    /// The note that a command names.
    borrowing func note(_ id: UInt64?, field: String = "note") throws -> NoteInHand {
        let id = try Fields.required(id, field, "the note's id")
        guard let state = try draft(id) else { throw Refusal.missing("note", id, field: field) }
        return NoteInHand(id: id, state: state)
    }

    /// What is known of a note; nil when there is no such note.
    public borrowing func draft(_ id: UInt64) throws -> NoteState? {
        try tables.charting.notes.get(id, in: transaction)
    }

    /// As `draft`, of one that events refer to.
    borrowing func noteState(_ id: UInt64) throws -> NoteState {
        guard let state = try draft(id) else {
            throw LMDBError.damaged(table: tables.charting.notes.raw.name, key: id.keyBytes)
        }
        return state
    }

    /// The client of the note that a command names, and its author.
    borrowing func target(note id: UInt64?) throws -> Target {
        let note = try note(id)
        return Target(client: note.started.client, staff: note.author)
    }

    /// The note of a session that was neither thrown away nor entered in error (INV-NOTE-09).
    borrowing func liveNote(ofAppointment id: UInt64) throws -> UInt64? {
        try tables.charting.notesOfAppointment.get(id, in: transaction)?.id
    }

    /// Whether a note is but the draft of somebody else than who gives the session now.
    borrowing func isLeftBehind(_ note: UInt64, by giver: UInt64) throws -> Bool {
        let state = try noteState(note)
        return state.standing == .draft && state.started.staff != giver
    }

    /// T19, T20: what somebody signed rests on its session having been held.
    borrowing func requireNoSignedNote(ofAppointment id: UInt64) throws {
        guard let live = try liveNote(ofAppointment: id), try noteState(live).standing != .draft else { return }
        throw Refusal.rule(
            "INV-SCHED-26", "There is a signed note",
            "A note of this session is signed, and so the session was held. If the note is a mistake, mark it first."
        )
        .with {
            $0.field = "appointment"
            $0.involved = [live]
        }
    }
}
