import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// Each client's whole story: every event about them, in order.
///
/// Who looked at a client is no part of the story; that takes the permission to see the audit trail, and stands there.
public struct ClientHistoryView: Projector {
    public static let name = "client-history"
    public static let version: UInt64 = 4

    /// By client and position. Facts named `…At` are milliseconds UTC at rest, see `HistoryRow.toldAsWallClock`.
    let rows: Table<Pair<UInt64, UInt64>, HistoryRow>
    /// Of each appointment what the events that name only the appointment need, and what bears on its note.
    let sessions: Table<UInt64, ChartSession>
    let staffNames: Table<UInt64, Google_Protobuf_StringValue>
    /// One row, at 0: the practice's zone.
    let zone: Table<UInt64, Google_Protobuf_StringValue>
    /// One row, at 0.
    let policy: Table<UInt64, PracticePolicy>
    let clients: Table<UInt64, ChartClient>
    /// (client, appointment) of the sessions that were held.
    let held: Table<Pair<UInt64, UInt64>, IdState>
    let notes: Table<UInt64, NoteRow>
    /// (client, note).
    let notesOfClient: Table<Pair<UInt64, UInt64>, IdState>
    /// (note, revision).
    let revisions: Table<Pair<UInt64, UInt64>, NoteRevisionKept>
    /// (note, addendum).
    let addenda: Table<Pair<UInt64, UInt64>, AddendumRow>
    let queue: Table<QueueKey, NoteQueueKept>
    /// Notes that wait for a supervisor.
    let awaiting: Table<UInt64, IdState>

    public init(_ tables: borrowing TableOpener) throws {
        rows = try tables.table("rows")
        sessions = try tables.table("sessions")
        staffNames = try tables.table("staff-names")
        zone = try tables.table("zone")
        policy = try tables.table("policy")
        clients = try tables.table("clients")
        held = try tables.table("held")
        notes = try tables.table("notes")
        notesOfClient = try tables.table("notes-of-client")
        revisions = try tables.table("revisions")
        addenda = try tables.table("addenda")
        queue = try tables.table("queue")
        awaiting = try tables.table("awaiting")
    }

    public func project(_ recorded: Recorded, into view: ViewWriter) throws {
        if Self.isAudit(recorded.event) { return }
        var entries = try entries(of: recorded, view)
        for subject in recorded.header.subjects where subject.kind == .client {
            guard !entries.contains(where: { $0.client == subject.id }) else { continue }
            entries.append(Entry(client: subject.id))
        }
        for entry in entries { try view.put(rows, Pair(entry.client, recorded.position), entry.row(recorded)) }
    }

    /// What the event says, once for each client whom it names.
    private func entries(of recorded: Recorded, _ view: ViewWriter) throws -> [Entry] {
        switch recorded.event {
        case .practice(let event):
            try fold(event, view)
            return []
        case .staff(let event):
            try fold(event, recorded, view)
            return []
        case .clients(let event):
            try fold(event, recorded, view)
            return Self.entries(of: event, recorded)
        case .availability(let event): return try entries(of: event, view)
        case .scheduling(let event): return try entries(of: event, recorded, view)
        case .charting(let event):
            try fold(event, recorded, view)
            return Self.entries(of: event, recorded)
        case .billing(let event): return Self.entries(of: event, recorded)
        case .places, .access, .interchange: return []
        }
    }

    private static func isAudit(_ event: AnyEvent) -> Bool {
        guard case .access(let event) = event else { return false }
        switch event {
        case .recordAccessed, .accessDenied: return true
        case .socketUserLinked, .tokenIssued, .tokenRevoked, .enrolmentCompleted, .ownerRecovered, .socketUserUnlinked:
            return false
        }
    }

    private func fold(_ event: PracticeEvent, _ view: ViewWriter) throws {
        switch event {
        case .practiceInitialised(let event):
            try view.put(zone, 0, Google_Protobuf_StringValue(event.zone))
            try view.put(policy, 0, event.policy)
        case .clockAccepted, .practiceProfileUpdated, .cancellationPolicyPublished: break
        }
    }

    private func fold(_ event: StaffEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        switch event {
        case .staffAdded(let event):
            try view.put(staffNames, recorded.position, Google_Protobuf_StringValue(event.name))
        case .roleAssigned, .roleRevoked, .staffServicesSet: break
        }
    }
}
