import LMDBKit
import Schema
import Timetable

/// What stands on the calendars of therapists, clients and rooms.
extension ClinicState {
    /// The appointments of a resource that can bear on `span`: overrides allow overlaps, so every start is looked at
    /// that the longest session and the longest gap could bring near.
    borrowing func diary(
        _ resource: Resource, _ owner: UInt64, around span: Span, reachMs: Int64 = Diary.reachMs
    ) throws -> [Occupancy] {
        let prefix = Pair(resource.rawValue, owner)
        let from = OccupancyKey(prefix, Pair(span.startMs - reachMs, 0))
        var found: [Occupancy] = []
        try tables.occupancy.scan(from: from, in: transaction) { key, row in
            guard key.first == prefix, key.second.first < span.endMs + reachMs else { return .stop }
            if let taken = Span(startMs: key.second.first, endMs: row.endAt) {
                found.append(row.occupancy(taken, appointment: key.second.second))
            }
            return .next
        }
        return found
    }
}

enum Diary {
    static let sessionMaxMs: Int64 = 8 * 3_600_000
    /// The longest session, and the longest gap, 12 hours.
    static let reachMs: Int64 = sessionMaxMs + 12 * 3_600_000
    /// A week and a day on either side, for the caps.
    static let weekMs: Int64 = 9 * 86_400_000
}

extension OccupancyState {
    func occupancy(_ span: Span, appointment: UInt64) -> Occupancy {
        Occupancy(
            span: span, place: Place(modality, location: hasLocation ? location : nil), appointment: appointment,
            bufferBeforeMinutes: Int(bufferBeforeMinutes), bufferAfterMinutes: Int(bufferAfterMinutes),
            roomSetupMinutes: 0, roomTurnaroundMinutes: 0, flags: supportive ? .supportive : [])
    }
}

extension Place {
    init(_ modality: WireModality, location: UInt64?) {
        switch modality {
        case .online: self = .online
        case .phone: self = .phone
        case .homeVisit, .outreach: self = .home(travelMinutes: 0)
        case .inPerson, .unspecified, .UNRECOGNIZED: self = location.map(Place.location) ?? .online
        }
    }
}
