import Timetable

/// Reads one row of a sheet of appointments.
struct AppointmentReader {
    let mapping: ColumnMapping<AppointmentColumn>
    let dateFormat: DateFormat
    let clock: Clock
    let zone: Zone
    let statuses: StatusWords
    /// Of the clinic's currency.
    let fractionDigits: Int
    /// No session is longer.
    let mostMinutes: Int
    /// References of the rows that were read, and of those that were not.
    let clients: Set<String>
    let unreadableClients: Set<String>
    /// Whom the sheet of clients names, as `nameKey` writes them.
    let therapists: Set<String>
    let staffOnFile: NamesOnFile
    let usedTwice: Set<String>
    /// Nil when money stays in the sheet.
    let moneyReader: MoneyReader?

    func read(_ row: SheetRow) throws(BadReason) -> AppointmentRow {
        if row.cells.count < mapping.width { throw .tooFewCells }
        if row.cells.count > mapping.width { throw .tooManyCells }
        let reference = try Reference.read(cell(.reference, row))
        if usedTwice.contains(reference) { throw .referenceUsedTwice }
        let client = try client(row)
        let therapist = try therapist(row)
        let start = try start(row)
        let minutes = try Minutes.read(cell(.minutes, row), most: mostMinutes)
        let (startMs, reading) = try instant(start)
        guard let span = Span(startMs: startMs, minutes: minutes) else { throw .outOfRange }
        let status = try statuses.status(cell(.status, row))
        let modality = try Modality.read(cell(.modality, row))
        let price = try price(row)
        return AppointmentRow(
            reference: reference, line: row.line, client: client, therapist: therapist,
            service: cell(.service, row).nilIfEmpty, location: cell(.location, row).nilIfEmpty,
            room: cell(.room, row).nilIfEmpty, modality: modality, status: status, start: start, reading: reading,
            span: span, minutes: minutes, price: price, payment: cell(.payment, row).nilIfEmpty,
            remarks: cell(.remarks, row).nilIfEmpty, money: money(row, price, status))
    }

    private func money(
        _ row: SheetRow, _ price: Price?, _ status: AppointmentStatus
    ) -> Result<RowMoney, BadMoney>? {
        do throws(BadMoney) {
            return try moneyReader?.read(price: price, payment: cell(.payment, row), status).map { .success($0) }
        } catch {
            return .failure(error)
        }
    }

    private func cell(_ column: AppointmentColumn, _ row: SheetRow) -> String { mapping.cell(column, of: row) }

    private func client(_ row: SheetRow) throws(BadReason) -> String {
        let client = cell(.client, row)
        if client.isEmpty { throw .noClient }
        if clients.contains(client) { return client }
        throw unreadableClients.contains(client) ? .clientNotReadable : .unknownClient
    }

    private func therapist(_ row: SheetRow) throws(BadReason) -> String {
        let therapist = cell(.therapist, row)
        if therapist.isEmpty { throw .noTherapist }
        guard therapists.contains(therapist.nameKey) || staffOnFile.key(meantBy: therapist) != nil else {
            throw .unknownTherapist
        }
        return therapist
    }

    private func start(_ row: SheetRow) throws(BadReason) -> LocalDateTime {
        let date = cell(.date, row)
        if date.isEmpty { throw .noDate }
        guard let day = dateFormat.date(date) else { throw .noSuchDate }
        let time = cell(.start, row)
        if time.isEmpty { throw .noTime }
        guard let start = LocalDateTime(day, try clock.time(time)) else { throw .outOfRange }
        return start
    }

    private func instant(_ start: LocalDateTime) throws(BadReason) -> (startMs: Int64, reading: ClockReading) {
        let resolution = zone.resolve(start)
        if case .gap(let before, let after, _) = resolution { throw .skippedTime(before: before, after: after) }
        return (resolution.plannedMs, resolution.reading)
    }

    private func price(_ row: SheetRow) throws(BadReason) -> Price? {
        let text = cell(.price, row)
        return text.isEmpty ? nil : try Price(text, fractionDigits: fractionDigits)
    }
}
