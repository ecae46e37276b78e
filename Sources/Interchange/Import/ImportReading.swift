import Timetable

/// What two sheets say: the faults in them, and the rows that can be applied.
public struct ImportReading: Sendable {
    /// Names people by reference only; may be shown and kept.
    public let report: ImportReport
    /// Personal data.
    public let plan: ImportPlan

    /// Reads the sheets. Changes nothing and looks nothing up, so a dry run and an import read alike.
    ///
    /// - Throws: when the sheets cannot be read as a whole. Faults of single rows are in the report.
    public init(_ source: ImportSource) throws(ImportRefusal) {
        let sheets = try MappedSheets(source)
        let clients = sheets.readClients(today: source.today)
        let appointments = try sheets.readAppointments(source, clients: clients)
        plan = ImportPlan(clients: clients.rows, appointments: appointments.rows)
        report = ImportReport(
            zone: source.zone, sheets: sheets, clients: clients, appointments: appointments, plan: plan,
            moneyIn: source.moneyIn, pairLimit: source.limits.pairs)
    }
}

/// The rows of one sheet that could be read, in order of reference, and those that could not, likewise.
struct RowsRead<Row: Sendable>: Sendable {
    let rows: [Row]
    let bad: [BadRow]
}
