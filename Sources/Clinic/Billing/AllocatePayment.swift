import Schema

extension AllocatePayment: Command {
    public static let permission = Permission.allocatePayments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        try state.useDrafts(
            try state.paymentInHand(hasPayment ? payment : nil),
            for: try state.invoiceInHand(hasInvoice ? invoice : nil), hasAmount ? amount : nil, asked)
    }
}
