import Schema

/// A paper as one HTML file: no script, nothing from elsewhere, and made to be printed in black.
enum PaperPage {
    static func html(_ paper: Paper) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>\(paper.title) \(paper.number)</title>
        <style>
        \(PaperStyle.css(page: paper.locale.page, foot: "\(paper.title) \(paper.number)"))
        </style>
        </head>
        <body>
        <main>
        \(head(paper))
        \(mark(paper))
        \(parties(paper))
        \(PaperTable.html(paper))
        \(closing(paper))
        </main>
        </body>
        </html>

        """
    }

    private static func head(_ paper: Paper) -> HTML {
        let issuer = paper.issuer
        return """
            <header>
            <div class="issuer"><h2 dir="auto">\(issuer.name)</h2>\(HTML.block(issuer.address))\(issuer.details.map(detail))</div>
            <div class="title"><h1>\(paper.title)</h1><p>\(paper.number)</p></div>
            </header>
            """
    }

    private static func detail(_ text: String) -> HTML { "<div>\(HTML.isolated(text))</div>" }

    private static func mark(_ paper: Paper) -> HTML {
        guard let mark = paper.mark else { return .empty }
        return "<p class=\"mark\"><strong>\(mark.word)</strong> \(mark.sentence)</p>"
    }

    private static func parties(_ paper: Paper) -> HTML {
        let to = paper.addressee
        let facts = paper.facts.map { fact -> HTML in
            let name: HTML = fact.isStrong ? " class=\"strong\"" : .empty
            return "<dt>\(fact.label)</dt><dd\(name)>\(HTML.isolated(fact.value))</dd>"
        }
        return """
            <section class="parties">
            <div class="to"><h3>To</h3><div class="name" dir="auto">\(to.name)</div>\(HTML.block(to.address))\(to.details.map(detail))</div>
            <dl>\(facts)</dl>
            </section>
            """
    }

    /// Never parted from each other by the end of a page: the sums, what is due, how to pay it, and what remains to be said.
    private static func closing(_ paper: Paper) -> HTML {
        """
        <section class="closing">
        \(PaperTable.sums(paper))
        \(payment(paper))
        \(remarks(paper))
        </section>
        """
    }

    private static func payment(_ paper: Paper) -> HTML {
        guard let payment = paper.payment else { return .empty }
        return """
            <div class="pay"><h3>How to pay</h3>\(HTML.block(payment.instructions))<p>\(payment.sentence)</p></div>
            """
    }

    private static func remarks(_ paper: Paper) -> HTML {
        guard !paper.remarks.isEmpty else { return .empty }
        let lines = paper.remarks.map { line -> HTML in "<p dir=\"auto\">\(line)</p>" }
        return "<footer>\(lines)</footer>"
    }
}
