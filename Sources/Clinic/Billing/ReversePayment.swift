import Schema
import Timetable

extension ReversePayment: Command {
    public static let permission = Permission.reversePayments

    public func target(in state: borrowing ClinicState) throws -> Target {
        Target(client: try state.paymentInHand(hasPayment ? payment : nil).account.client)
    }

    /// INV-PAY-07: its allocations are undone, the last first, in the same commit. What was refunded stays refunded.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let payment = try state.paymentInHand(hasPayment ? payment : nil)
        guard payment.state.reversed == 0 else {
            throw Refusal.unchanged("This payment was reversed.").with { $0.field = "payment" }
        }
        let left = payment.state.amount - payment.state.refunded
        guard left > 0 else {
            throw Refusal.rule("INV-PAY-02", "Nothing is left", "All of this payment was refunded.").with {
                $0.field = "payment"
                $0.availableMinor = 0
            }
        }
        let today = try state.today(asked).description
        let undone = try state.allocations(of: payment.id).reversed().map {
            try state.reversalDraft($0, amount, on: today)
        }
        var event = PaymentReversed()
        event.payment = payment.id
        event.account = payment.account
        event.amount = amount.money(left)
        event.method = payment.state.method
        event.reason = try Choice.known(hasReason ? reason : nil, "reason")
        event.reversedOn = today
        return undone + [Draft(event, about: payment.account.subjects(.payment, payment.id))]
    }
}
