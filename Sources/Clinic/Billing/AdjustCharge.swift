import Schema
import SwiftProtobuf
import Timetable

extension AdjustCharge: Command {
    public static let permission = Permission.changeCharges

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(charge: hasCharge ? charge : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let present = try state.chargeInHand(hasCharge ? charge : nil)
        try state.expect(present.id, unchangedAfter: hasExpecting ? expecting : nil)
        try present.requireNoFee()
        try present.requireOnNoInvoice()
        let line = present.posted.line
        let changed = try ChargeLine(
            quantity: hasQuantity ? quantity : line.quantity,
            unit: hasUnit ? try amount.notNegative(unit, "unit") : line.unit.minor,
            discount: hasDiscount ? try amount.notNegative(discount, "discount") : line.discount.minor,
            tax: line.hasTaxCode
                ? .with {
                    $0.code = line.taxCode
                    $0.basisPoints = line.taxBasisPoints
                } : nil, amount)
        guard changed != line else { throw Refusal.unchanged("The charge has this amount already.") }
        let event = ChargeAdjusted.with {
            $0.charge = present.id
            $0.client = present.posted.client
            $0.line = changed
        }
        let reason = try BillingTexts.required(hasReason ? reason : nil, "reason", of: event.client)
        return [Draft(event, about: present.subjects, texts: [(\.reason, reason)])]
    }
}
