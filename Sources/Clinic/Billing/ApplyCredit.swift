import Schema

extension ApplyCredit: Command {
    public static let permission = Permission.issueCreditNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        try state.useDrafts(
            try state.creditNoteInHand(hasCreditNote ? creditNote : nil),
            for: try state.invoiceInHand(hasInvoice ? invoice : nil), hasAmount ? amount : nil, asked)
    }
}
