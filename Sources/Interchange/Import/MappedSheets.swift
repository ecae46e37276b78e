import Timetable

/// Both sheets with their columns and formats settled, ready to be read row by row.
struct MappedSheets {
    let clients: Sheet
    let appointments: Sheet
    let clientColumns: ColumnMapping<ClientColumn>
    let appointmentColumns: ColumnMapping<AppointmentColumn>
    let dateFormat: DateFormat
    let isDateFormatDeclared: Bool
    let clock: Clock

    init(_ source: ImportSource) throws(ImportRefusal) {
        clients = try Sheet(.clients, bytes: source.clients, limits: source.limits)
        appointments = try Sheet(.appointments, bytes: source.appointments, limits: source.limits)
        clientColumns = try ColumnMapping(clients.header, declared: source.mapping.clients)
        appointmentColumns = try ColumnMapping(appointments.header, declared: source.mapping.appointments)
        isDateFormatDeclared = source.mapping.dateFormat != nil
        dateFormat = try DateFormat.settle(
            declared: source.mapping.dateFormat,
            cells: Self.dates(clients, clientColumns, .dateOfBirth)
                + Self.dates(appointments, appointmentColumns, .date))
        let columns = appointmentColumns
        clock = try Clock.settle(
            declared: source.mapping.clock, cells: appointments.rows.lazy.map { columns.cell(.start, of: $0) })
    }

    func readClients(today: LocalDate) -> RowsRead<ClientRow> {
        let references = clients.rows.map { clientColumns.cell(.reference, of: $0) }
        let reader = ClientReader(
            mapping: clientColumns, dateFormat: dateFormat, today: today, usedTwice: Reference.usedTwice(references))
        return Self.read(clients, references: references, reference: \.reference) { row throws(BadReason) in
            try reader.read(row)
        }
    }

    func readAppointments(
        _ source: ImportSource, clients read: RowsRead<ClientRow>
    ) throws(ImportRefusal) -> RowsRead<AppointmentRow> {
        let references = appointments.rows.map { appointmentColumns.cell(.reference, of: $0) }
        let named = clients.rows.map { clientColumns.cell(.therapist, of: $0) }.filter { !$0.isEmpty }
        let reader = AppointmentReader(
            mapping: appointmentColumns, dateFormat: dateFormat, clock: clock, zone: source.zone,
            statuses: try StatusWords(declared: source.mapping.statuses), fractionDigits: source.fractionDigits,
            mostMinutes: source.mostMinutes,
            clients: Set(read.rows.map(\.reference)), unreadableClients: Set(read.bad.compactMap(\.reference)),
            therapists: Set(named.map(\.nameKey)), staffOnFile: NamesOnFile(source.staffOnFile),
            usedTwice: Reference.usedTwice(references), moneyReader: try Self.moneyReader(source))
        return Self.read(appointments, references: references, reference: \.reference) { row throws(BadReason) in
            try reader.read(row)
        }
    }

    /// What is declared of payments must be right even when none are read.
    private static func moneyReader(_ source: ImportSource) throws(ImportRefusal) -> MoneyReader? {
        let words = try PaymentWords(declared: source.mapping.payments)
        guard let currency = source.moneyIn else { return nil }
        return MoneyReader(currency: currency, fractionDigits: source.fractionDigits, words: words)
    }

    private static func dates<Column>(_ sheet: Sheet, _ columns: ColumnMapping<Column>, _ column: Column) -> [DateCell]
    {
        sheet.rows.compactMap { row in
            let text = columns.cell(column, of: row)
            return text.isEmpty ? nil : DateCell(sheet: sheet.kind, line: row.line, text: text)
        }
    }

    private static func read<Row>(
        _ sheet: Sheet, references: [String], reference: (Row) -> String,
        _ read: (SheetRow) throws(BadReason) -> Row
    ) -> RowsRead<Row> {
        var rows: [Row] = []
        var bad: [BadRow] = []
        for (row, reference) in zip(sheet.rows, references) {
            do throws(BadReason) {
                rows.append(try read(row))
            } catch {
                let name = Reference.isUsable(reference) ? reference : nil
                bad.append(BadRow(sheet: sheet.kind, reference: name, line: row.line, reason: error))
            }
        }
        rows.sort { Reference.precedes(reference($0), reference($1)) }
        // Rows without a reference come last, by line; a reference used twice keeps the order of the sheet.
        bad.sort { left, right in
            switch (left.reference, right.reference) {
            // Not by ==, to which é is equal however it is encoded, while in the order the two stand far apart.
            case (let one?, let other?) where !one.utf8.elementsEqual(other.utf8): Reference.precedes(one, other)
            case (_?, nil): true
            case (nil, _?): false
            default: left.line < right.line
            }
        }
        return RowsRead(rows: rows, bad: bad)
    }
}
