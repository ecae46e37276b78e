import Schema

/// INV-PAY-06 and INV-BILL-17: above a limit somebody else than a biller decides. It holds for all that was refunded of
/// one payment, or of all credit notes of one invoice, or written off of one invoice, so that small steps lead no further
/// than a large one.
enum BillerLimit {
    static func require(
        _ partMinor: Int64, after doneMinor: Int64, rule: String, _ what: String, _ amount: Amount,
        _ state: borrowing ClinicState,
        _ asked: Asked
    ) throws {
        guard asked.caller.kind == .staff, asked.role == .biller else { return }
        let limit = try state.policy().billerLimit(in: amount.currency)
        guard doneMinor + partMinor <= limit else {
            throw Refusal.rule(
                rule, "A manager decides this",
                "A biller \(what) up to \(amount.text(limit)) in all. Ask a practice manager or an owner."
            )
            .with {
                $0.field = "amount"
                $0.availableMinor = max(0, limit - doneMinor)
            }
        }
    }
}
