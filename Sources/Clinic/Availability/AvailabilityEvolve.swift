import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: AvailabilityEvent, _ recorded: Recorded) throws {
        let position = recorded.position
        switch event {
        case .weeklyHoursSet(let event):
            try tables.hours.put(event.staff, position, event, in: transaction)
            try change(event.staff, .staff, recorded)
        case .extraOpeningAdded(let event):
            try tables.openings.put(Pair(event.staff, Pair(event.time.endAt, position)), event, in: transaction)
            try found(.opening, recorded)
        case .timeOffRequested(let event):
            let state = TimeOffState.with {
                $0.requested = event
                $0.requestedBy = recorded.header.actor.id
            }
            try tables.timesOff.put(position, state, in: transaction)
            try found(.timeOff, recorded)
        case .timeOffApproved(let event):
            var state = try timeOff(event.timeOff)
            state.approved = true
            try tables.timesOff.put(event.timeOff, state, in: transaction)
            let key = Pair(state.requested.staff, Pair(state.requested.time.endAt, event.timeOff))
            try tables.approvedTimesOff.put(key, .with { $0.id = event.timeOff }, in: transaction)
            try change(event.timeOff, .timeOff, recorded)
        }
    }
}
