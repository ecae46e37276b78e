import Schema

extension PublishCancellationPolicy: Command {
    public static let permission = Permission.configurePractice

    private static let windowMinutesUsual: UInt32 = 24 * 60

    /// 1.9. Whoever has an appointment keeps the terms under which it was booked.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        var event = CancellationPolicyPublished()
        event.lateWindowMinutes =
            try Fields.number(
                hasLateWindowMinutes ? lateWindowMinutes : nil, "lateWindowMinutes", in: 0...43_200, "minutes")
            ?? Self.windowMinutesUsual
        if hasLateCancelFee { event.lateCancelFee = try lateCancelFee.checked("lateCancelFee", amount) }
        if hasNoShowFee { event.noShowFee = try noShowFee.checked("noShowFee", amount) }
        event.freePerYear = try Fields.number(hasFreePerYear ? freePerYear : nil, "freePerYear", in: 0...366) ?? 0
        _ = try Choice.known(exemptReasons, "exemptReasons")
        try Fields.requireDistinct(exemptReasons, "exemptReasons")
        event.exemptReasons = exemptReasons.isEmpty ? [.deceased, .duplicate] : exemptReasons
        guard try state.latestCancellationPolicy() != event else {
            throw Refusal.unchanged("These terms are in force already.")
        }
        return [Draft(event, about: [Subject(.cancellationPolicy, asked.next)])]
    }
}

extension MissedFee {
    /// An amount or a part, not both; a part is at most the whole.
    fileprivate func checked(_ path: String, _ amount: Amount) throws(Refusal) -> MissedFee {
        guard !hasAmount || basisPoints == 0 else {
            throw .field(path, "`\(path)` is either an amount or a part of the price in basis points.")
        }
        guard basisPoints <= 10_000 else {
            throw .field("\(path).basisPoints", "`\(path).basisPoints` must be 0 to 10000, which is the whole price.")
        }
        if hasAmount { _ = try amount.notNegative(self.amount, "\(path).amount") }
        return self
    }
}
