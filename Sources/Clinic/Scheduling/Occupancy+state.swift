import LMDBKit
import Schema
import SwiftProtobuf

extension AppointmentStatus.Value {
    /// Whether an appointment in this state takes up the calendar of its therapist, client and room.
    public var occupies: Bool {
        switch self {
        case .held, .booked, .confirmed, .arrived, .inSession, .completed: true
        case .unspecified, .requested, .cancelled, .noShow, .declined, .released, .enteredInError: false
        case .UNRECOGNIZED: false
        }
    }
}

extension AppointmentState {
    /// Whose calendars it is on.
    var resources: [(Resource, UInt64)] {
        var resources = [(Resource.therapist, arrangement.staff), (.client, client)]
        if arrangement.hasRoom { resources.append((.room, arrangement.room)) }
        return resources
    }
}

extension ClinicState {
    borrowing func occupy(_ id: UInt64, _ state: AppointmentState) throws {
        guard state.status.occupies else { return }
        let arrangement = state.arrangement
        let row = OccupancyState.with {
            $0.endAt = arrangement.time.endAt
            $0.bufferBeforeMinutes = arrangement.bufferBeforeMinutes
            $0.bufferAfterMinutes = arrangement.bufferAfterMinutes
            if arrangement.hasLocation { $0.location = arrangement.location }
            $0.modality = arrangement.modality
            $0.supportive = state.supportive
        }
        for (resource, owner) in state.resources {
            let key = OccupancyKey(
                Pair(resource.rawValue, owner), Pair(arrangement.time.startAt, id))
            try tables.occupancy.put(key, row, in: transaction)
        }
    }

    borrowing func release(_ id: UInt64, _ state: AppointmentState) throws {
        guard state.status.occupies else { return }
        for (resource, owner) in state.resources {
            let key = OccupancyKey(
                Pair(resource.rawValue, owner), Pair(state.arrangement.time.startAt, id))
            try tables.occupancy.delete(key, in: transaction)
        }
    }
}
