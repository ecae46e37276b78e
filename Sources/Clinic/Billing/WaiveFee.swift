import Schema
import SwiftProtobuf

extension WaiveFee: Command {
    public static let permission = Permission.waiveFees

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(charge: hasCharge ? charge : nil)
    }

    /// 1.9: by whoever would have given the session, or a manager, with a reason.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let present = try state.chargeInHand(hasCharge ? charge : nil)
        guard present.isFee else {
            throw Refusal.field("charge", "Only a fee for a missed appointment is waived. Void another charge instead.")
        }
        try present.requireOnNoInvoice()
        let event = FeeWaived.with {
            $0.charge = present.id
            $0.client = present.posted.client
        }
        let reason = try BillingTexts.required(hasReason ? reason : nil, "reason", of: event.client)
        return [Draft(event, about: present.subjects, texts: [(\.reason, reason)])]
    }
}
