import LMDBKit
import Schema

/// What holds for an appointment when it is cancelled late or missed: the policy in force when it was booked (1.9).
struct CancellationTerms {
    let lateWindowMinutes: UInt32
    fileprivate let policy: CancellationPolicyPublished?

    /// The fee that the policy suggests, at the position it gets: nothing for an exempt reason, while some are free
    /// that year, or when the policy knows no fee. Somebody puts it on an invoice or waives it.
    func feeDrafts(
        _ kind: ChargeKind.Value, _ appointment: AppointmentInHand, reason: CancellationReason.Value? = nil,
        at position: UInt64, _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> [Draft] {
        guard let policy, !asked.isImport, reason.map({ !policy.exemptReasons.contains($0) }) ?? true,
            try state.missedCount(of: appointment) >= Int(policy.freePerYear), let date = appointment.arrangement.date
        else { return [] }
        let fee = kind == .noShow ? policy.noShowFee : policy.lateCancelFee
        let feeMinor = fee.minor(ofPrice: appointment.state.price.minor)
        guard feeMinor > 0 else { return [] }
        var event = ChargePosted(appointment, kind, on: date)
        event.line = try ChargeLine(quantity: 1, unit: feeMinor, discount: 0, tax: nil, try Amount(state))
        event.proposed = true
        return [Draft(event, about: event.subjects(position))]
    }
}

extension MissedFee {
    /// An amount, or a part of the booked price, which is 0 when there was none.
    fileprivate func minor(ofPrice priceMinor: Int64) -> Int64 {
        hasAmount ? amount.minor : Cents.share(priceMinor, basisPoints: basisPoints)
    }
}

extension ClinicState {
    /// Whether the policy in force at booking asks no fee for this reason; what is excused uses up none that are free.
    borrowing func isExempt(_ reason: CancellationReason.Value, _ appointment: UInt64) throws -> Bool {
        let policy = try tables.billing.policies.get(try self.appointment(appointment).policy, in: transaction)
        return policy?.exemptReasons.contains(reason) ?? false
    }

    /// The terms for bookings made now; nil before any were published.
    borrowing func latestCancellationPolicy() throws -> CancellationPolicyPublished? {
        guard let practice = try practice() else { return nil }
        return try tables.billing.policies.get(practice.policy, in: transaction)
    }

    borrowing func cancellationTerms(of appointment: AppointmentInHand) throws -> CancellationTerms {
        let policy = try tables.billing.policies.get(appointment.state.policy, in: transaction)
        return CancellationTerms(
            lateWindowMinutes: try policy?.lateWindowMinutes ?? self.policy().lateWindowMinutes, policy: policy)
    }

    /// How many appointments the client missed before, in the calendar year of this one.
    fileprivate borrowing func missedCount(of appointment: AppointmentInHand) throws -> Int {
        var count = 0
        try tables.billing.missed.scan(
            prefix: Pair(appointment.state.client, appointment.arrangement.year), in: transaction
        ) { _, _ in
            count += 1
            return .next
        }
        return count
    }
}
