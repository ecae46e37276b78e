import Schema

/// Only the writer knows of a jump; it lets this command through when it names the very jump that was reported.
extension AcceptClock: Command {
    public static let permission = Permission.acceptClock

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        guard hasJumpMs, jumpMs != 0 else {
            throw Refusal.field("jumpMs", "`jumpMs` must be the jump that was reported, in milliseconds.")
        }
        var event = ClockAccepted()
        event.clockAt = asked.nowMs
        event.jumpMs = jumpMs
        return [Draft(event, about: [])]
    }
}
