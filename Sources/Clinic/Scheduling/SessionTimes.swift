import Schema

/// INV-SESS-02: a session ends after it began, has ended by now, and was no longer than sessions are.
enum SessionTimes {
    static func check(
        startedAtMs: Int64, endedAtMs: Int64, nowMs: Int64, _ policy: PracticePolicy, whenTooLong advice: String
    ) throws(Refusal) {
        guard startedAtMs < endedAtMs else {
            throw refusal("The session must end after it began.", field: "ended")
        }
        guard endedAtMs <= nowMs else {
            throw refusal("The session would end in the future.", field: "ended")
        }
        guard endedAtMs - startedAtMs <= Int64(policy.sessionMaxMinutes) * 60_000 else {
            throw refusal("A session is at most \(policy.sessionMaxMinutes) minutes long. \(advice)", field: "ended")
        }
    }

    private static func refusal(_ detail: String, field: String) -> Refusal {
        Refusal.rule("INV-SESS-02", "These times cannot be", detail).with { $0.field = field }
    }
}
