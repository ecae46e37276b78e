import Schema

/// One invoice with all that became of it.
enum InvoiceView {
    static func lines(_ answer: ShowInvoiceAnswer, width: Int?, isColoured: Bool) -> [String] {
        let row = answer.row
        var lines = Pairs.lines(
            [
                ("Invoice", row.number.isEmpty ? "draft \(row.id)" : "\(row.number) (\(row.id))"),
                ("For", row.account.label), ("Issued", row.issuedOn), ("Due", row.dueOn), ("Stands", row.stands),
                ("Charges", row.hasNumber ? "" : row.charges.map(String.init).joined(separator: ", ")),
            ].filter { !$0.1.isEmpty })
        if answer.hasPaper { lines += [""] + table(answer.paper).lines(width: width, isColoured: isColoured) }
        lines += [""] + Pairs.lines(amounts(answer))
        lines += answer.creditNotes.map { "  Credit note \($0.number) of \($0.issuedOn): \($0.total.shown)" }
        guard !answer.entries.isEmpty else { return lines }
        return lines + [""] + MoneyViews.entries(answer.entries).lines(width: width, isColoured: isColoured)
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
