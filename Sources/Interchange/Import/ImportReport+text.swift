extension ImportReport {
    /// The report as a page for a person. People are named by their references alone.
    public func text() -> String {
        let parts = [
            summary, mappingText,
            section("Services", Self.table(names.services.map(Self.cells))),
            section("Rooms", Self.table(names.rooms.map { [$0.name.shown, "\($0.appointments) times"] })),
            section("Possibly one person twice", duplicateClients.map(Self.line)),
            section("Only a phone or address in common", sharedContacts.map(Self.line)),
            section("Therapist booked twice", pairs(.therapist)),
            section("Client booked twice", pairs(.client)),
            section("Room booked twice", pairs(.room)),
            section(
                "Rows that cannot be read",
                Self.table(badRows.map { [$0.name, "\($0.sheet.rawValue), line \($0.line)", $0.reason.description] })),
            section(
                "Left out, because an earlier row takes the time",
                Self.table(heldBack.map { [$0.reference, Self.clashes($0.because)] })),
            section(
                "Money that is left",
                Self.table((money?.left ?? []).map { [$0.reference, "line \($0.line)", $0.column.shown, $0.because] })),
            section("Fees and payments that stay in the sheet", moneyLeftOut.map(\.shown)),
            section("Notes", Self.table(notes.map { [$0.reference, $0.note] })),
            isCut ? "There are more pairs than are listed.\n" : "",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var summary: String {
        Self.table([
            ["Rows of clients", String(clientRows)],
            ["People, if all candidates are merged", String(clients)],
            ["Rows of appointments", String(appointmentRows)],
            ["Zone", zone],
            ["Dates", mapping.dateFormat + (mapping.isDateFormatDeclared ? "" : " (every date is written so)")],
            ["Times", mapping.clock.rawValue],
        ]).joined(separator: "\n") + "\n"
    }

    private var mappingText: String {
        let rows = [(SheetKind.clients, mapping.clients), (.appointments, mapping.appointments)]
            .flatMap { sheet, columns in
                columns.sorted { $0.key < $1.key }.map { [sheet.rawValue, $0.key, $0.value.shown] }
            }
        let ignored = (mapping.ignoredClientHeadings + mapping.ignoredAppointmentHeadings).map(\.shown)
        let rest = ignored.isEmpty ? [] : ["Not read: " + ignored.joined(separator: ", ")]
        return "Columns\n" + Self.indented(Self.table(rows) + rest)
    }

    /// Empty when there is nothing to tell.
    private func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\(title): \(lines.count)\n" + Self.indented(lines)
    }

    private func pairs(_ resource: Resource) -> [String] {
        Self.table((doubleBooked[resource] ?? []).map { [$0.first, $0.second] })
    }

    private static func cells(_ service: SheetNames.Service) -> [String] {
        let minutes = service.minutes.map(String.init).joined(separator: ", ")
        return [service.name.shown, "\(service.appointments) times", "\(minutes) minutes"]
    }

    private static func line(_ alike: AlikePair) -> String {
        "\(alike.pair.first)  \(alike.pair.second)  same " + alike.alike.map(\.rawValue).joined(separator: ", ")
    }

    private static func clashes(_ clashes: [ImportPlan.Clash]) -> String {
        clashes.map { "\($0.resource.rawValue) taken by \($0.reference)" }.joined(separator: ", ")
    }

    private static func indented(_ lines: [String]) -> String {
        lines.map { "  \($0)\n" }.joined()
    }

    /// Columns as wide as their widest cell, two spaces apart.
    private static func table(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column + 1 == row.count ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            .joined(separator: "  ")
        }
    }
}
