import Schema
import Timetable

extension RecordSession: Command {
    public static let permission = Permission.recordSessions

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T15.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let policy = try state.policy()
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .recordSession)
        guard asked.nowMs >= appointment.startMs else {
            throw Refusal.rule(
                "INV-SCHED-27", "Not yet held", "A session is recorded afterwards, not before its planned start.")
        }
        let zone = try Fields.zone(appointment.arrangement.time.zone, "started")
        var event = SessionRecordedRetrospectively()
        event.appointment = appointment.id
        event.startedAt =
            hasStarted
            ? try Fields.instantMs(try Fields.dateTime(started, "started"), in: zone, "started") : appointment.startMs
        event.endedAt =
            hasEnded ? try endMs(in: zone, after: event.startedAt) : appointment.endMs
        try SessionTimes.check(
            startedAtMs: event.startedAt, endedAtMs: event.endedAt, nowMs: asked.nowMs, policy,
            whenTooLong: "Look at the dates of `started` and `ended`.")
        return [Draft(event, about: appointment.subjects, effectiveAtMs: event.endedAt)]
            + (try state.sessionCharge(appointment, startedAtMs: event.startedAt, at: asked.next + 1, asked))
    }

    /// Of a reading that the clock shows twice, the first after the start.
    private func endMs(in zone: Zone, after startMs: Int64) throws -> Int64 {
        let local = try Fields.dateTime(ended, "ended")
        let firstMs = try Fields.instantMs(local, in: zone, "ended")
        return zone.resolve(local).instantsMs.first { $0 > startMs } ?? firstMs
    }
}
