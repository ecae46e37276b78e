/// The looks of a paper: one column of black on white, a serif for names and a plain face for figures, hairlines and no
/// colour, so that a copy of a copy is as legible.
enum PaperStyle {
    /// - Parameters:
    ///   - page: `A4` or `letter`.
    ///   - foot: What stands at the foot of every page, beside its number.
    static func css(page: String, foot: String) -> HTML {
        // A foot is of letters, digits, blanks and hyphens; anything else could end the string.
        let foot = foot.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " " || $0 == "-") }
        return
            "\(HTML(stringLiteral: paged.replacing("PAGE", with: page).replacing("FOOT", with: foot)))\(text)\(table)\(screen)"
    }

    private static let paged = """
        @page {
          size: PAGE; margin: 18mm 18mm 20mm;
          @bottom-left { content: "FOOT"; font: 8pt/1 "Noto Sans", "Helvetica Neue", Arial, sans-serif; color: #444; }
          @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt/1 "Noto Sans", "Helvetica Neue", Arial, sans-serif; color: #444; }
        }

        """

    private static let text: HTML = """
        :root { --sans: "Source Sans 3", "Helvetica Neue", "Segoe UI", "Noto Sans", Arial, sans-serif;
          --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, serif; }
        * { box-sizing: border-box; margin: 0; padding: 0; }
        body { font: 10pt/1.45 var(--sans); color: #111; background: #fff; overflow-wrap: anywhere;
          font-variant-numeric: lining-nums tabular-nums; }
        header { display: grid; grid-template-columns: 1fr auto; gap: 10mm; padding-bottom: 6mm; border-bottom: 0.4mm solid #111; }
        h1 { font: 400 24pt/1.05 var(--serif); letter-spacing: -0.01em; }
        h2 { font: 600 14pt/1.2 var(--serif); margin-bottom: 1.5mm; }
        h3 { font: 600 7.5pt/1.2 var(--sans); letter-spacing: 0.09em; text-transform: uppercase; color: #444; margin-bottom: 1.5mm; }
        .issuer, .to, .pay { text-align: left; }
        .issuer { font-size: 9pt; line-height: 1.4; }
        .title { text-align: right; }
        .title p { margin-top: 1.5mm; font-size: 11pt; white-space: nowrap; }
        .mark { margin-top: 6mm; padding: 2.5mm 4mm; border: 0.5mm solid #111; }
        .mark strong { font: 700 13pt/1 var(--sans); letter-spacing: 0.14em; text-transform: uppercase; margin-right: 3mm; }
        .parties { display: grid; grid-template-columns: 1fr auto; gap: 12mm; margin: 8mm 0 9mm; }
        .to .name { font: 600 11.5pt/1.3 var(--serif); }
        dl { display: grid; grid-template-columns: auto auto; gap: 0.8mm 6mm; align-content: start; }
        dt { color: #444; }
        dd { text-align: right; white-space: nowrap; }
        dd.strong { font-weight: 600; }
        footer { grid-column: 1 / -1; font-size: 8.5pt; color: #333; }

        """

    private static let table: HTML = """
        table { border-collapse: collapse; }
        th { font-weight: 400; text-align: left; }
        .n { text-align: right; white-space: nowrap; }
        .lines { width: 100%; }
        .lines thead { display: table-header-group; }
        .lines thead th { font: 600 7.5pt/1.2 var(--sans); letter-spacing: 0.09em; text-transform: uppercase; color: #444;
          padding: 0 0 2mm; border-bottom: 0.25mm solid #111; }
        .lines thead th.n { text-align: right; }
        .lines td { padding: 1.55mm 0; border-bottom: 0.15mm solid #bbb; vertical-align: top; }
        .lines th + th, .lines td + td { padding-left: 4.5mm; }
        .lines tr { break-inside: avoid; }
        .lines tbody tr:last-child { break-after: avoid; }
        .lines .d, .lines .t { white-space: nowrap; width: 1%; }
        .closing { break-inside: avoid; break-before: avoid; display: grid; grid-template-columns: 1fr minmax(80mm, auto); gap: 6mm 10mm; margin-top: 5mm; }
        .sums { grid-column: 2; grid-row: 1; align-self: start; width: 100%; }
        .sums th, .sums td { padding: 1.2mm 0; vertical-align: baseline; }
        .sums td { padding-left: 6mm; }
        .sums small { font-size: 8.5pt; color: #444; }
        .sums .total th, .sums .total td { font-weight: 600; border-top: 0.15mm solid #111; }
        .sums tr.total:first-child th, .sums tr.total:first-child td { border-top: none; }
        .sums .result th, .sums .result td { font-size: 13pt; font-weight: 600; padding: 2.4mm 0; border-top: 0.4mm solid #111;
          border-bottom: 0.4mm solid #111; }
        .sums .result small { font-size: 9pt; font-weight: 400; }
        .pay { grid-column: 1; grid-row: 1; align-self: start; padding-top: 1.2mm; }
        .pay p { margin-top: 1.5mm; }

        """

    private static let screen: HTML = """
        @media screen {
          body { background: #e9e9e7; }
          main { width: 210mm; max-width: 100%; min-height: 250mm; margin: 8mm auto; padding: 18mm; background: #fff; box-shadow: 0 0.5mm 4mm #0003; }
        }
        @media screen and (max-width: 620px) {
          main { margin: 0; padding: 6mm; }
          header, .parties, .closing { display: block; }
          .title { text-align: left; margin-top: 5mm; }
          dl { margin-top: 5mm; grid-template-columns: auto 1fr; }
          dd { text-align: left; }
          .pay, footer { margin-top: 6mm; }
        }
        """
}
