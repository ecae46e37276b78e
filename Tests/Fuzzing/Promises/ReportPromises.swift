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
        try holdTold(report, plan)
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

    /// The report may be shown and kept: its lines are its own, and people are in it by reference alone.
    private static func holdTold(_ report: ImportReport, _ plan: ImportPlan) throws {
        let text = report.text()
        let breaks = text.unicodeScalars.filter { scalar in
            scalar != "\n"
                && [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        try promise(breaks.isEmpty, "the report has lines that are not its own")
        let json = try JSONEncoder().encode(report)
        let object = try JSONSerialization.jsonObject(with: json) as? [String: Any]
        try promise(object?["client_rows"] as? Int == report.clientRows, "the report is no JSON object")
        let people = plan.clients.flatMap { client -> [String?] in
            [
                client.firstName, client.lastName, client.preferredName, client.email, client.phone, client.address,
                client.remarks,
            ]
        }
        let remarks = plan.rows.flatMap { row -> [String?] in [row.remarks, row.payment] }
        let texts = (people + remarks).compactMap { $0.map { Array($0.utf8)[...] } }
        try Repeats.none(of: texts, in: text, besides: named(report, plan))
    }

    /// What may be told: references, and names of things and columns.
    private static func named(_ report: ImportReport, _ plan: ImportPlan) -> String {
        let mapping = report.mapping
        let headings =
            Array(mapping.clients.values) + Array(mapping.appointments.values) + mapping.ignoredClientHeadings
            + mapping.ignoredAppointmentHeadings
        let things = plan.rows.flatMap { [$0.service ?? "", $0.room ?? "", $0.reference] }
        return Repeats.lists(of: headings + things + plan.clients.map(\.reference) + report.badRows.map(\.name))
    }
}
