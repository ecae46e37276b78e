import Schema

extension EndSession: Command {
    public static let permission = Permission.conductSessions

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .end)
        try SessionTimes.check(
            startedAtMs: found.startedAt, endedAtMs: asked.nowMs, nowMs: asked.nowMs, try state.policy())
        var event = SessionEnded()
        event.appointment = id
        event.endedAt = asked.nowMs
        return [Draft(event, about: found.subjects(id))]
    }
}

/// INV-SESS-02: a session ends after it began, not in the future, and within the longest length.
enum SessionTimes {
    static func check(
        startedAtMs: Int64, endedAtMs: Int64, nowMs: Int64, _ policy: PracticePolicy
    ) throws(Refusal) {
        guard startedAtMs < endedAtMs, endedAtMs <= nowMs,
            endedAtMs - startedAtMs <= Int64(policy.sessionMaxMinutes) * 60_000
        else {
            throw .rule(
                "INV-SESS-02", "The times do not fit",
                "A session ends after it began and not in the future, and lasts at most \(policy.sessionMaxMinutes) "
                    + "minutes. Record it with the times it took.")
        }
    }
}
