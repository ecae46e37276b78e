import Schema
import Timetable

extension ReverseWriteOff: Command {
    public static let permission = Permission.writeOff

    public func target(in state: borrowing ClinicState) throws -> Target {
        let id = try Fields.required(hasWriteOff ? writeOff : nil, "writeOff", "the write-off's id")
        return try state.target(invoice: try state.writeOff(id).invoice)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let id = try Fields.required(hasWriteOff ? writeOff : nil, "writeOff", "the write-off's id")
        let present = try state.writeOff(id)
        guard !present.reversed else {
            throw Refusal.unchanged("This write-off was taken back.").with { $0.field = "writeOff" }
        }
        let invoice = try state.invoiceInHand(present.invoice)
        var event = WriteOffReversed()
        event.writeOff = id
        event.invoice = invoice.id
        event.account = invoice.account
        event.amount = amount.money(present.amount)
        event.reason = present.reason
        event.reversedOn = try state.today(asked).description
        return [Draft(event, about: [Subject(.writeOff, id)] + invoice.subjects)]
    }
}
