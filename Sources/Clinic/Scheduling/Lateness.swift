import LMDBKit
import Schema
import Timetable

/// When notice came too late (INV-SCHED-16): by the client, and by less than the window, in elapsed time.
struct Lateness {
    let noticeAtMs: Int64
    let leadMs: Int64
    let isLate: Bool

    init(
        noticeAtMs: Int64, startMs: Int64, by: RequestedBy.Value, _ policy: PracticePolicy
    ) {
        self.noticeAtMs = noticeAtMs
        leadMs = startMs - noticeAtMs
        isLate = by == .client && leadMs < Int64(policy.lateWindowMinutes) * 60_000
    }
}

extension ClinicState {
    /// When notice was given: now unless said, and never later than now or long before the appointment was made.
    borrowing func noticeAtMs(_ notice: String?, _ asked: Asked) throws -> Int64 {
        guard let notice else { return asked.nowMs }
        let practice = try requirePractice().practice
        let zone = try Fields.zone(practice.zone, "zone")
        let atMs = try Fields.instantMs(try Fields.dateTime(notice, "notice"), in: zone, "notice")
        guard atMs <= asked.nowMs + Int64(practice.policy.effectiveAheadMinutes) * 60_000 else {
            throw Refusal.field("notice", "`notice` must not be in the future.")
        }
        return min(atMs, asked.nowMs)
    }

    /// The appointment a command names, with its step checked.
    borrowing func appointment(
        _ id: UInt64?, for step: Transition
    ) throws -> (id: UInt64, state: AppointmentState) {
        let id = try Fields.required(id, "appointment", "the appointment's id")
        let state = try appointment(id)
        try step.check(state.status)
        return (id, state)
    }

    /// Whose an appointment is; unknown ids are found out by the decision.
    borrowing func appointmentTarget(_ id: UInt64?) throws -> Target {
        guard let id, let state = try tables.appointments.get(id, in: transaction) else { return Target() }
        return Target(client: state.client, staff: state.arrangement.staff)
    }
}

extension AppointmentState {
    func subjects(_ id: UInt64) -> [Subject] { arrangement.subjects(appointment: id, client: client) }
}
