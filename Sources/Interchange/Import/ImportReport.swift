import Timetable

/// What an import found. People are named by their references alone; headings, services and rooms by name.
///
/// Encodes as JSON with snake_case keys; see `ImportReport+json.swift` for the shape.
public struct ImportReport: Sendable {
    /// Rows below the header, readable or not, blank ones left out.
    public let clientRows: Int
    public let appointmentRows: Int
    /// How many people the readable rows are if every candidate is merged.
    public let clients: Int
    /// Candidates to merge (INV-CLI-05).
    public let duplicateClients: [AlikePair]
    /// Pairs that share an email address or phone and nothing else.
    public let sharedContacts: [AlikePair]
    /// In order of reference. Rows that cannot be read book nobody.
    public let doubleBooked: [Resource: [ReferencePair]]
    /// Clients first, then by reference.
    public let badRows: [BadRow]
    public let heldBack: [HeldBackReference]
    public let notes: [Note]
    public let names: SheetNames
    public let mapping: MappingUsed
    /// What the rows say of money; nil when it stays in the sheet.
    public let money: MoneyFound?
    /// Headings of fees and payments that stay in the sheet.
    public let moneyLeftOut: [String]
    /// IANA id.
    public let zone: String
    /// True when there were more pairs than the limit admits.
    public let isCut: Bool

    /// Two rows and what they agree in.
    public struct AlikePair: Sendable, Hashable {
        public let pair: ReferencePair
        public let alike: [Likeness]
    }

    /// A row that an import would leave, because of earlier ones.
    public struct HeldBackReference: Sendable, Hashable, Encodable {
        public let reference: String
        public let because: [ImportPlan.Clash]
    }

    /// Something that was read in one of several ways.
    public struct Note: Sendable, Hashable, Encodable {
        public let reference: String
        public let note: String
    }

    /// How the sheets were read: guessed, unless declared.
    public struct MappingUsed: Sendable, Hashable {
        /// Column to heading.
        public let clients: [String: String]
        public let appointments: [String: String]
        public let ignoredClientHeadings: [String]
        public let ignoredAppointmentHeadings: [String]
        public let dateFormat: String
        public let isDateFormatDeclared: Bool
        public let clock: Clock
    }
}

extension ImportReport {
    init(
        zone: Zone, sheets: MappedSheets, clients: RowsRead<ClientRow>, appointments: RowsRead<AppointmentRow>,
        plan: ImportPlan, moneyIn currency: String?, pairLimit: Int
    ) {
        let duplicates = DuplicateClients(in: clients.rows, limit: pairLimit)
        let bookings = Resource.allCases.map { ($0, DoubleBookings($0, in: appointments.rows, limit: pairLimit)) }
        clientRows = sheets.clients.rows.count
        appointmentRows = sheets.appointments.rows.count
        self.clients = duplicates.people
        duplicateClients = Self.alike(duplicates.candidates, duplicates, clients.rows)
        sharedContacts = Self.alike(duplicates.sharedContacts, duplicates, clients.rows)
        doubleBooked = Dictionary(
            uniqueKeysWithValues: bookings.map { resource, found in
                let rows = appointments.rows
                return (
                    resource, found.pairs.map { ReferencePair(rows[$0.first].reference, rows[$0.second].reference) }
                )
            })
        badRows = clients.bad + appointments.bad
        heldBack = plan.heldBack.map { HeldBackReference(reference: $0.row.reference, because: $0.because) }
        notes = appointments.rows.filter { $0.reading == .overlapFirst }.map {
            Note(reference: $0.reference, note: "the clock shows this time twice; the first was taken")
        }
        names = SheetNames(appointments.rows)
        mapping = MappingUsed(sheets)
        let headings = sheets.appointmentColumns.headings
        money = currency.map { MoneyFound(appointments.rows, currency: $0, headings: headings) }
        moneyLeftOut = currency == nil ? [AppointmentColumn.price, .payment].compactMap { headings[$0] } : []
        self.zone = zone.id
        isCut = duplicates.isCut || bookings.contains { $0.1.isCut }
    }

    private static func alike(_ pairs: [RowPair], _ found: DuplicateClients, _ rows: [ClientRow]) -> [AlikePair] {
        pairs.map { pair in
            let alike = found.likeness[pair] ?? []
            return AlikePair(
                pair: ReferencePair(rows[pair.first].reference, rows[pair.second].reference),
                alike: Likeness.allCases.filter(alike.contains))
        }
    }
}

extension ImportReport.MappingUsed {
    init(_ sheets: MappedSheets) {
        func named<Column: SheetColumn>(_ columns: ColumnMapping<Column>) -> [String: String] {
            Dictionary(uniqueKeysWithValues: columns.headings.map { ($0.key.rawValue, $0.value) })
        }
        clients = named(sheets.clientColumns)
        appointments = named(sheets.appointmentColumns)
        ignoredClientHeadings = sheets.clientColumns.ignored
        ignoredAppointmentHeadings = sheets.appointmentColumns.ignored
        dateFormat = sheets.dateFormat.text
        isDateFormatDeclared = sheets.isDateFormatDeclared
        clock = sheets.clock
    }
}
