import Schema
import SwiftProtobuf

extension VoidCharge: Command {
    public static let permission = Permission.changeCharges

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(charge: hasCharge ? charge : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let present = try state.chargeInHand(hasCharge ? charge : nil)
        try present.requireNoFee()
        try present.requireOnNoInvoice()
        let event = ChargeVoided.with {
            $0.charge = present.id
            $0.client = present.posted.client
        }
        let reason = try BillingTexts.required(hasReason ? reason : nil, "reason", of: event.client)
        return [Draft(event, about: present.subjects, texts: [(\.reason, reason)])]
    }
}
