import LMDBKit
import Schema

/// The state's tables of notes.
struct ChartingTables: Sendable {
    let notes: Table<UInt64, NoteState>
    /// Appointment → its note that was neither thrown away nor entered in error.
    let notesOfAppointment: Table<UInt64, IdState>

    init(in transaction: borrowing WriteTransaction) throws(LMDBError) {
        notes = try Table("notes", in: transaction)
        notesOfAppointment = try Table("notes-of-appointment", in: transaction)
    }

    var all: [RawTable] { [notes.raw, notesOfAppointment.raw] }
}
