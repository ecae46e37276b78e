import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// Who did what, when and through which door: one row for every record whatever, looks and denials among them.
///
/// A row says which people and things an event is about, never a private text of it.
public struct AuditTrailView: Projector {
    public static let name = "audit-trail"
    public static let version: UInt64 = 2

    /// An id, then the position of a record that has to do with it.
    typealias IndexKey = Pair<UInt64, UInt64>

    let entries: Table<UInt64, AuditRow>
    let byActor: Table<IndexKey, Google_Protobuf_Empty>
    let bySubject: Table<IndexKey, Google_Protobuf_Empty>
    /// The first record of each millisecond. Recorded time never goes back, so a period is a range of positions.
    let byTime: Table<Int64, Google_Protobuf_UInt64Value>
    /// Positions of what belongs to access reports.
    let accessReports: Table<UInt64, Google_Protobuf_Empty>
    let staffNames: Table<UInt64, Google_Protobuf_StringValue>
    /// One row, at 0: the practice's zone.
    let zone: Table<UInt64, Google_Protobuf_StringValue>

    public init(_ tables: borrowing TableOpener) throws {
        entries = try tables.table("entries")
        byActor = try tables.table("by-actor")
        bySubject = try tables.table("by-subject")
        byTime = try tables.table("by-time")
        accessReports = try tables.table("access-reports")
        staffNames = try tables.table("staff-names")
        zone = try tables.table("zone")
    }

    public func project(_ recorded: Recorded, into view: ViewWriter) throws {
        let row = AuditRow(recorded)
        try view.put(entries, recorded.position, row)
        if row.hasActor { try view.put(byActor, Pair(row.actor, recorded.position), Google_Protobuf_Empty()) }
        if recorded.type.isAboutAccess {
            try view.put(accessReports, recorded.position, Google_Protobuf_Empty())
        }
        for subject in row.subjects {
            try view.put(bySubject, Pair(subject, recorded.position), Google_Protobuf_Empty())
        }
        if try view.get(byTime, row.recordedAt) == nil {
            try view.put(byTime, row.recordedAt, Google_Protobuf_UInt64Value(recorded.position))
        }
        try learn(recorded, view)
    }

    /// What answers need beside the rows.
    private func learn(_ recorded: Recorded, _ view: ViewWriter) throws {
        switch recorded.event {
        case .practice(.practiceInitialised(let event)):
            try view.put(zone, 0, Google_Protobuf_StringValue(event.zone))
        case .staff(.staffAdded(let event)):
            try view.put(staffNames, recorded.position, Google_Protobuf_StringValue(event.name))
        case .practice, .staff(.roleAssigned), .staff(.roleRevoked), .staff(.staffServicesSet): break
        case .places, .clients, .availability, .scheduling, .charting, .billing, .access, .interchange: break
        }
    }
}
