import Foundation
import Interchange
import Timetable

/// The report and the plan of two sheets.
enum ReportPromises {
    static func hold(for reading: ImportReading, clients: Sheet, appointments: Sheet) throws {
        let (report, plan) = (reading.report, reading.plan)
        try promise(report.clientRows == clients.rows.count, "rows of clients are lost")
        try promise(report.appointmentRows == appointments.rows.count, "rows of appointments are lost")
        let bad = { (kind: SheetKind) in report.badRows.count { $0.sheet == kind } }
        try promise(plan.clients.count + bad(.clients) == report.clientRows, "clients are neither read nor bad")
        try promise(plan.rows.count + bad(.appointments) == report.appointmentRows, "rows are neither read nor bad")
        try promise(plan.appointments.count + plan.heldBack.count == plan.rows.count, "rows are neither kept nor left")
        try promise((0...plan.clients.count).contains(report.clients), "more people than rows")
        let references = Set(plan.clients.map(\.reference))
        try promise(plan.rows.allSatisfy { references.contains($0.client) }, "an appointment of nobody")
        try promise(references.count == plan.clients.count, "two clients of one reference")
        try holdBookings(report, plan)
        try holdTold(report)
    }

    /// By comparing every row with every other.
    private static func holdBookings(_ report: ImportReport, _ plan: ImportPlan) throws {
        guard plan.rows.count <= 64 else { return }
        for resource in Resource.allCases {
            let found = Set(report.doubleBooked[resource] ?? [])
            try promise(found == clashing(plan.rows, resource), "pairs of \(resource) are others than they are")
            try promise(clashing(plan.appointments, resource).isEmpty, "two rows are kept that take one \(resource)")
        }
        let kept = Set(plan.appointments.map(\.reference))
        for held in plan.heldBack {
            try promise(!held.because.isEmpty, "a row is left for no reason")
            try promise(held.because.allSatisfy { kept.contains($0.reference) }, "a row is left for one that is left")
        }
    }

    private static func clashing(_ rows: [AppointmentRow], _ resource: Resource) -> Set<ReferencePair> {
        var pairs: Set<ReferencePair> = []
        for (index, one) in rows.enumerated() where one.status.occupies {
            for other in rows[(index + 1)...] where other.status.occupies && one.span.overlaps(other.span) {
                guard let key = key(one, resource), key == Self.key(other, resource) else { continue }
                pairs.insert(ReferencePair(one.reference, other.reference))
            }
        }
        return pairs
    }

    private static func key(_ row: AppointmentRow, _ resource: Resource) -> [String]? {
        switch resource {
        case .therapist: [NameKey.of(row.therapist)]
        case .client: [row.client]
        case .room: row.room.map { [NameKey.of(row.location ?? ""), NameKey.of($0)] }
        }
    }

    /// The report may be shown and kept: its lines are its own.
    private static func holdTold(_ report: ImportReport) throws {
        let breaks = report.text().unicodeScalars.filter { scalar in
            scalar != "\n"
                && [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        try promise(breaks.isEmpty, "the report has lines that are not its own")
        let json = try JSONEncoder().encode(report)
        let object = try JSONSerialization.jsonObject(with: json) as? [String: Any]
        try promise(object?["client_rows"] as? Int == report.clientRows, "the report is no JSON object")
    }

    /// People are in it by reference alone.
    static func holdPrivate(
        _ report: ImportReport, _ source: ImportSource, _ clients: Sheet, _ appointments: Sheet
    ) throws {
        let people = ClientColumn.allCases.filter { $0 != .reference }.map { report.mapping.clients[$0.rawValue] }
        let remarks = [AppointmentColumn.remarks, .payment, .therapist].map { report.mapping.appointments[$0.rawValue] }
        for (sheet, header, headings) in [
            (\ImportSource.clients, clients.header, people), (\.appointments, appointments.header, remarks),
        ] {
            let columns = header.indices.filter { headings.contains(header[$0]) }
            let bytes = source[keyPath: sheet]
            let rows = PlainCSV(bytes)?.rows.dropFirst() ?? []
            let places = rows.flatMap { row in columns.filter(row.places.indices.contains).map { row.places[$0] } }
            try Repeats.none(of: bytes, at: places, in: report.text()) { other in
                var source = source
                source[keyPath: sheet] = other
                return (try? ImportReading(source))?.report.text()
            }
        }
    }
}
