import Schema
import Timetable

extension RecordSession: Command {
    public static let permission = Permission.recordSessions

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .record)
        let time = found.arrangement.time
        guard asked.nowMs >= time.startAt else {
            throw Refusal.rule("INV-SCHED-27", "It has not begun", "A session is recorded after its start.")
        }
        let zone = try Fields.zone(time.zone, "zone")
        var event = SessionRecordedRetrospectively()
        event.appointment = id
        event.startedAt =
            hasStarted ? try Fields.instantMs(try Fields.dateTime(started, "started"), in: zone, "started") : time.startAt
        event.endedAt =
            hasEnded ? try Fields.instantMs(try Fields.dateTime(ended, "ended"), in: zone, "ended") : time.endAt
        try SessionTimes.check(
            startedAtMs: event.startedAt, endedAtMs: event.endedAt, nowMs: asked.nowMs, try state.policy())
        return [Draft(event, about: found.subjects(id), effectiveAtMs: event.endedAt)]
    }
}
