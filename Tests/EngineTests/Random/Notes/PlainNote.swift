import Foundation
import Schema

/// A note as its events tell it.
struct PlainNote {
    enum Standing { case draft, awaitsCosign, signed, discarded, enteredInError }

    var started: NoteStarted
    var standing = Standing.draft
    /// Of the last save; 0 before the first.
    var revision: UInt32 = 0
    /// The position of each save, and its commitment.
    var saves: [(position: UInt64, commitment: Data)] = []
    /// The last revision whose signature a supervisor voided.
    var returned: UInt32 = 0
    /// Who signed, in order: the author, then a supervisor.
    var signers: [UInt64] = []
    /// When its last event was recorded, milliseconds UTC.
    var changedMs: Int64
    var addenda = 0

    var author: UInt64 { started.staff }
    var isSigned: Bool { standing == .signed || standing == .awaitsCosign }
    var isLive: Bool { standing != .discarded && standing != .enteredInError }

    /// What its template asks for.
    var sections: [String] {
        switch started.kind {
        case .progressSoap: ["subjective", "objective", "assessment", "plan"]
        case .progressFree: ["text"]
        default: ["with", "channel", "summary", "action"]
        }
    }
}

/// What the commands said of a draft, which the log tells nobody in clear.
struct PlainDraft {
    /// Sections that say something in the last revision.
    var said: Set<String> = []
    /// Which saving of an editor's own came after it; 0 for none.
    var autosave: UInt32 = 0
}

extension PlainClinic {
    mutating func take(_ event: ChartingEvent, _ recorded: Recorded) {
        let (position, nowMs) = (recorded.position, recorded.header.recordedAt)
        switch event {
        case .contactRecorded: break
        case .noteStarted(let event):
            notes[position] = PlainNote(started: event, changedMs: nowMs)
            if event.hasAppointment { liveNotes[event.appointment] = position }
        case .noteDraftSaved(let event):
            update(event.note, recorded) {
                $0.revision = event.revision
                $0.saves.append((position, event.content.commitment))
            }
        case .noteDraftDiscarded(let event): update(event.note, recorded) { $0.standing = .discarded }
        case .noteSigned(let event):
            update(event.note, recorded) {
                $0.standing = event.awaitsCosign ? .awaitsCosign : .signed
                $0.signers.append(recorded.header.actor.id)
            }
        case .noteCosigned(let event):
            update(event.note, recorded) {
                $0.standing = .signed
                $0.signers.append(recorded.header.actor.id)
            }
        case .noteReturned(let event):
            update(event.note, recorded) {
                $0.standing = .draft
                $0.returned = $0.revision
                $0.signers = []
            }
        case .noteAddendumSigned(let event):
            notes[event.note]?.addenda += 1
            changed[event.note] = position
        case .noteMarkedEnteredInError(let event): update(event.note, recorded) { $0.standing = .enteredInError }
        }
    }

    private mutating func update(_ id: UInt64, _ recorded: Recorded, _ update: (inout PlainNote) -> Void) {
        guard var note = notes[id] else { return }
        update(&note)
        note.changedMs = recorded.header.recordedAt
        notes[id] = note
        changed[id] = recorded.position
    }

    /// The note that was begun last of a session, if it was neither thrown away nor entered in error (INV-NOTE-09).
    func liveNote(of appointment: UInt64) -> UInt64? {
        liveNotes[appointment].flatMap { notes[$0]?.isLive == true ? $0 : nil }
    }

    /// As `liveNote`, but for a draft of somebody who does not give the session any more.
    func standingNote(of appointment: UInt64) -> UInt64? {
        guard let id = liveNote(of: appointment), let note = notes[id] else { return nil }
        return note.standing == .draft && note.author != visits[appointment]?.place.staff ? nil : id
    }
}

extension PlainClinic.Visit {
    /// The days on which the session is, or was, by the clock of its place.
    func days(untilMs nowMs: Int64?) -> ClosedRange<Int> {
        let zone = PlainClinic.zone(place.time.zone)
        let fromMs = heldFromMs ?? startMs
        let first = PlainTime.local(fromMs, zone).day
        return first...max(first, PlainTime.local(heldToMs ?? nowMs ?? fromMs, zone).day)
    }
}
