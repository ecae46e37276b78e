import Schema

/// What a page lacks, and who can say it.
enum PaperAdvice {
    static func lines(_ answer: ShowInvoiceAnswer) -> [String] {
        let paper = answer.paper
        let profile = paper.profile
        var missing: [String] = []
        if profile.address.isEmpty { missing.append("the practice's address") }
        if profile.paymentInstructions.isEmpty { missing.append("how to pay") }
        var lines: [String] = []
        if !missing.isEmpty {
            lines.append(
                "  It does not say \(missing.joined(separator: " nor ")). For invoices to come: daybook do UpdatePracticeProfile"
            )
        }
        if !paper.hasPayer, paper.clientFamilyName.shown.isEmpty {
            lines.append("  It does not name the client: the name is not shown to you.")
        } else if !paper.hasPayer, paper.clientAddress.shown.isEmpty {
            lines.append("  No address of the client was on file when it was issued.")
        }
        return lines
    }
}
