import Schema

/// The lines and sums of a paper.
enum PaperTable {
    /// Columns that would say the same on every line, or nothing, are left out.
    static func html(_ paper: Paper) -> HTML {
        let hasQuantity = paper.lines.contains { $0.quantity != 1 || $0.discount.minor != 0 }
        let hasDiscount = paper.lines.contains { $0.discount.minor != 0 }
        let hasTax = paper.lines.contains { !$0.tax.isEmpty }
        let locale = paper.locale
        func number(_ text: String) -> HTML { "<td class=\"n\">\(HTML.isolated(text))</td>" }
        let rows = paper.lines.map { line -> HTML in
            var cells: [HTML] = [
                "<td class=\"d\">\(locale.shortDate(line.date))</td>", "<td class=\"w\" dir=\"auto\">\(line.what)</td>",
            ]
            if hasQuantity { cells += [number(locale.number(line.quantity)), number(locale.amount(line.unit))] }
            if hasDiscount {
                cells.append(number(line.discount.minor == 0 ? "" : locale.amount(line.discount.negated)))
            }
            if hasTax { cells.append("<td class=\"t\">\(line.tax)</td>") }
            cells.append(number(locale.amount(line.amount)))
            return "<tr>\(cells)</tr>\n"
        }
        var heads: [HTML] = ["<th class=\"d\">Date</th>", "<th class=\"w\">Description</th>"]
        if hasQuantity { heads += ["<th class=\"n\">Quantity</th>", "<th class=\"n\">Each</th>"] }
        if hasDiscount { heads.append("<th class=\"n\">Discount</th>") }
        if hasTax { heads.append("<th class=\"t\">Tax</th>") }
        heads.append("<th class=\"n\">Amount</th>")
        return """
            <table class="lines">
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            """
    }

    static func sums(_ paper: Paper) -> HTML {
        let rows = paper.sums.map { sum($0, paper.locale) }
        let result = paper.result.map { sum($0, paper.locale, isResult: true) } ?? .empty
        return "<table class=\"sums\"><tbody>\n\(rows)\(result)</tbody></table>"
    }

    private static func sum(_ sum: Paper.Sum, _ locale: PaperLocale, isResult: Bool = false) -> HTML {
        let name: HTML = isResult ? " class=\"result\"" : sum.isTotal ? " class=\"total\"" : .empty
        let detail: HTML = sum.detail.isEmpty ? .empty : " <small>\(HTML.isolated(sum.detail))</small>"
        return """
            <tr\(name)><th scope="row">\(sum.label)\(detail)</th><td class="n">\(HTML.isolated(locale.amount(sum.amount)))</td></tr>

            """
    }
}
