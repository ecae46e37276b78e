import Schema

/// One invoice with all that became of it.
enum InvoiceView {
    static func lines(_ answer: ShowInvoiceAnswer, width: Int?, isColoured: Bool) -> [String] {
        let row = answer.row
        var lines = Pairs.lines(
            [
                ("Invoice", row.number.isEmpty ? "draft \(row.id)" : "\(row.number) (\(row.id))"),
                ("For", row.account.label), ("Issued", row.issuedOn), ("Due", row.dueOn), ("Stands", row.stands),
            ].filter { !$0.1.isEmpty })
        if answer.hasPaper { lines += [""] + table(answer.paper).lines(width: width, isColoured: isColoured) }
        lines += [""] + Pairs.lines(amounts(answer))
        lines += Pairs.lines(answer.creditNotes.map { ($0.number, "credit note of \($0.issuedOn), \($0.total.shown)") })
        guard !answer.entries.isEmpty else { return lines }
        return lines + [""] + MoneyViews.entries(answer.entries).lines(width: width, isColoured: isColoured)
    }

    /// What will be on an invoice, and what it comes to.
    static func draftLines(
        _ row: InvoiceRow, _ charges: [ChargeRow], width: Int?, isColoured: Bool
    ) -> [String] {
        let total = charges.reduce(0) { $0 + $1.gross.minor }
        return Pairs.lines([("Invoice", "draft \(row.id)"), ("For", row.account.label)])
            + [""] + MoneyViews.charges(charges).lines(width: width, isColoured: isColoured)
            + [
                "", "  It comes to \(Money(total, row.total.currency).shown) with tax.",
                "  Issue it: daybook invoice issue \(row.id)",
            ]
    }

    private static func table(_ paper: InvoicePaper) -> Table {
        Table(
            [
                .number("Line"), .fixed("Date"), Table.Column("What"), .number("Quantity"), .number("Each"),
                .number("Discount"), .number("Net"), .number("Tax"), .number("Gross"),
            ],
            paper.lines.enumerated().map { index, line in
                [
                    "\(index + 1)", line.serviceDate, line.description_p, "\(line.quantity)", line.unit.shown,
                    line.discount.shownIfAny, line.net.shown, line.tax.shownIfAny, line.gross.shown,
                ]
            })
    }

    private static func amounts(_ answer: ShowInvoiceAnswer) -> [(String, String)] {
        let row = answer.row
        return [
            ("Net", answer.paper.tax.shownIfAny.isEmpty ? "" : answer.paper.net.shown),
            ("Tax", answer.paper.tax.shownIfAny), ("Total", row.total.shown), ("Paid", row.allocated.shownIfAny),
            ("Credited", row.credited.shownIfAny), ("Written off", row.writtenOff.shownIfAny),
            ("Open", row.open.shown),
        ].filter { !$0.1.isEmpty }
    }
}
