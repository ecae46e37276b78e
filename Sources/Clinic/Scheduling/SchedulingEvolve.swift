import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: SchedulingEvent, _ recorded: Recorded) throws {
        switch event {
        case .appointmentBooked(let event): try evolve(event, recorded)
        case .appointmentRescheduled(let event):
            if event.late { try miss(event.appointment, recorded) }
            try update(event.appointment, recorded) {
                $0.arrangement = event.arrangement
                $0.revision = event.revision
                $0.status = .booked
            }
        case .appointmentCancelled(let event):
            if event.late, try !isExempt(event.reason, event.appointment) { try miss(event.appointment, recorded) }
            try move(event.appointment, to: .cancelled, recorded)
        case .appointmentConfirmed(let event): try move(event.appointment, to: .confirmed, recorded)
        case .clientCheckedIn(let event): try move(event.appointment, to: .arrived, recorded)
        case .sessionStarted(let event):
            try update(event.appointment, recorded) {
                $0.status = .inSession
                $0.startedAt = event.startedAt
            }
        case .sessionEnded(let event):
            try update(event.appointment, recorded) {
                $0.status = .completed
                $0.endedAt = event.endedAt
            }
        case .sessionRecordedRetrospectively(let event):
            try update(event.appointment, recorded) {
                $0.status = .completed
                $0.startedAt = event.startedAt
                $0.endedAt = event.endedAt
            }
        case .appointmentMarkedNoShow(let event):
            try miss(event.appointment, recorded)
            try move(event.appointment, to: .noShow, recorded)
        case .appointmentMarkedEnteredInError(let event):
            let before = try appointment(event.appointment)
            if before.status != .enteredInError {
                try countImported(of: before.client, before.source, isMore: false)
            }
            try forgetMissed(event.appointment, of: before.client)
            try move(event.appointment, to: .enteredInError, recorded)
        case .conflictOverridden: break
        }
    }

    private borrowing func evolve(_ event: AppointmentBooked, _ recorded: Recorded) throws {
        let state = AppointmentState.with {
            $0.client = event.client
            $0.service = event.service
            $0.arrangement = event.arrangement
            $0.status = .booked
            $0.supportive = event.supportive
            if event.hasPrice { $0.price = event.price }
            if event.hasPriceList { $0.priceList = event.priceList }
            $0.policy = event.policy
            $0.bookedBy = recorded.header.actor.id
            if event.hasSource { $0.source = event.source }
            if recorded.header.actor.kind != .import { $0.bookedAt = recorded.header.recordedAt }
        }
        try tables.appointments.put(recorded.position, state, in: transaction)
        try occupy(recorded.position, state)
        try remember(event.source, .appointment, recorded.position)
        try countImported(of: event.client, event.source, isMore: true)
        try found(.appointment, recorded)
    }

    private borrowing func move(
        _ id: UInt64, to status: AppointmentStatus.Value, _ recorded: Recorded
    ) throws {
        try update(id, recorded) { $0.status = status }
    }

    /// Changes an appointment, and what it occupies with it.
    private borrowing func update(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout AppointmentState) -> Void
    ) throws {
        var state = try appointment(id)
        try release(id, state)
        update(&state)
        try tables.appointments.put(id, state, in: transaction)
        try occupy(id, state)
        try change(id, .appointment, recorded)
    }
}
