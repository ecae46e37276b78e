import Schema
import SwiftProtobuf
import Timetable

extension ReverseAllocation: Command {
    public static let permission = Permission.allocatePayments

    public func target(in state: borrowing ClinicState) throws -> Target {
        let id = try Fields.required(hasAllocation ? allocation : nil, "allocation", "the allocation's id")
        return Target(client: try state.credit(try state.allocation(id).payment, field: "payment").account.client)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let id = try Fields.required(hasAllocation ? allocation : nil, "allocation", "the allocation's id")
        let present = try state.allocation(id)
        guard !present.reversed else {
            throw Refusal.unchanged("This allocation was reversed.").with { $0.field = "allocation" }
        }
        return [try state.reversalDraft(id, amount, on: try state.today(asked).description)]
    }
}

extension ClinicState {
    /// An allocation is undone: the amount is credit again.
    borrowing func reversalDraft(_ id: UInt64, _ amount: Amount, on date: String) throws -> Draft {
        let present = try allocation(id)
        let account = try credit(present.payment, field: "payment").account
        let event = AllocationReversed.with {
            $0.allocation = id
            $0.payment = present.payment
            $0.invoice = present.invoice
            $0.account = account
            $0.amount = amount.money(present.amount)
            $0.reversedOn = date
        }
        return Draft(
            event,
            about: [Subject(.allocation, id), Subject(.payment, present.payment)]
                + account.subjects(.invoice, present.invoice))
    }
}
