import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: ChartingEvent, _ recorded: Recorded) throws {
        switch event {
        case .contactRecorded: try found(.contact, recorded)
        case .noteStarted(let event): try evolve(event, recorded)
        case .noteDraftSaved(let event):
            try updateNote(event.note, recorded) {
                $0.revision = event.revision
                $0.saved = recorded.position
                $0.commitment = event.content.commitment
            }
        case .noteDraftDiscarded(let event): try end(event.note, .discarded, recorded)
        case .noteSigned(let event):
            try updateNote(event.note, recorded) { $0.standing = event.awaitsCosign ? .awaitsCosign : .signed }
        case .noteCosigned(let event): try updateNote(event.note, recorded) { $0.standing = .signed }
        case .noteReturned(let event):
            try updateNote(event.note, recorded) {
                $0.standing = .draft
                $0.returned = $0.revision
            }
        case .noteAddendumSigned(let event):
            try found(.addendum, recorded)
            try change(event.note, .note, recorded)
        case .noteMarkedEnteredInError(let event): try end(event.note, .enteredInError, recorded)
        }
    }

    private borrowing func evolve(_ event: NoteStarted, _ recorded: Recorded) throws {
        let note = NoteState.with {
            $0.started = event
            $0.standing = .draft
            $0.recordedAt = recorded.header.recordedAt
        }
        try tables.charting.notes.put(recorded.position, note, in: transaction)
        if event.hasAppointment {
            let row = IdState.with { $0.id = recorded.position }
            try tables.charting.notesOfAppointment.put(event.appointment, row, in: transaction)
        }
        try found(.note, recorded)
    }

    /// It no longer stands for its session: another may be written (INV-NOTE-09).
    private borrowing func end(_ id: UInt64, _ standing: NoteStanding.Value, _ recorded: Recorded) throws {
        let started = try noteState(id).started
        if started.hasAppointment, try liveNote(ofAppointment: started.appointment) == id {
            try tables.charting.notesOfAppointment.delete(started.appointment, in: transaction)
        }
        try updateNote(id, recorded) { $0.standing = standing }
    }

    private borrowing func updateNote(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout NoteState) -> Void
    ) throws {
        var note = try noteState(id)
        update(&note)
        note.recordedAt = recorded.header.recordedAt
        try tables.charting.notes.put(id, note, in: transaction)
        try change(id, .note, recorded)
    }
}
