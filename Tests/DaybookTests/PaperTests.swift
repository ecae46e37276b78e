import Foundation
import Schema
import SwiftProtobuf
import Testing

@testable import daybook

struct PaperTests {
    private func short() -> PaperFixture {
        var fixture = PaperFixture()
        fixture.line(12_000, on: "2026-02-10")
        fixture.line(18_000, on: "2026-02-24", what: "Professional services, 80 min")
        return fixture
    }

    @Test func `an invoice says from whom and to whom, for what, how much and until when`() throws {
        let paper = try Paper(invoice: short().answer, today: "2026-03-20")
        #expect(paper.issuer.name == "Riverbank Therapy LLC" && paper.addressee.name == "Cleo Clark")
        #expect(paper.facts.map(\.value) == ["March 2, 2026", "April 1, 2026", "$300.00"])
        #expect(paper.number == "INV-2026-000001")
        #expect(paper.lines.map(\.amount.minor) == [12_000, 18_000])
        #expect(paper.sums.map(\.label) == ["Total"] && paper.result?.amount.minor == 30_000)
        #expect(paper.result?.detail == "by April 1, 2026" && paper.mark == nil)
        #expect(paper.payment?.sentence == "Please give INV-2026-000001 as the reference.")
    }

    @Test func `nothing from outside is ever markup`() throws {
        var fixture = short()
        let attack = "<script>alert('1')</script>&\"\u{1}"
        fixture.answer.paper.profile.legalName = attack
        fixture.answer.paper.profile.address = attack
        fixture.answer.paper.profile.paymentInstructions = attack
        fixture.answer.paper.clientGivenName.text = attack
        fixture.answer.paper.clientAddress.text = attack
        fixture.answer.paper.taxes = [
            .with {
                $0.code = "GST"
                $0.exemption = attack
            }
        ]
        fixture.answer.row.number = "INV</style>\"; } <script>"
        let page = try fixture.page()
        #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;"))
        #expect(!page.contains("<script") && !page.contains("\u{1}"))
        #expect(page.ranges(of: "</style>").count == 1)
    }

    @Test func `a page needs nothing but itself`() throws {
        let page = try short().page()
        #expect(page.contains("default-src 'none'"))
        for reference in ["http:", "https:", "src=", "href=", "url(", "@import", "<link", "<img"] {
            #expect(!page.contains(reference), "\(reference)")
        }
    }

    @Test func `Hebrew and Arabic keep their direction, and turn nothing else around`() throws {
        var fixture = short()
        fixture.answer.paper.clientGivenName.text = "נועה"
        fixture.answer.paper.clientFamilyName.text = "לוי"
        fixture.answer.paper.clientAddress.text = "רחוב הרצל 7\nחיפה"
        let page = try fixture.page()
        #expect(page.contains("<div class=\"name\" dir=\"auto\">נועה לוי</div><div dir=\"auto\">רחוב הרצל 7</div>"))
        #expect(page.contains("<bdi>March 2, 2026</bdi>"))
    }

    @Test(arguments: [
        ("US-NY", "USD", 123_450, "$1,234.50"), ("JP-13", "JPY", 123_450, "¥123,450"),
        ("KW", "KWD", 1_234_567, "KWD 1,234.567"), ("DE-BE", "EUR", 123_450, "1.234,50 €"),
        ("GB-LND", "GBP", 123_450, "£1,234.50"), ("", "USD", 123_450, "US$1,234.50"),
        ("US-NY", "USD", -5, "−$0.05"), ("US-NY", "USD", 1_000_000_000_000, "$10,000,000,000.00"),
    ])
    func `amounts are written as the country does, to the last decimal`(
        jurisdiction: String, currency: String, minor: Int64, text: String
    ) {
        let shown = PaperLocale(jurisdiction: jurisdiction).amount(Money(minor, currency))
        #expect(shown.replacing("\u{A0}", with: " ") == text)
    }

    @Test func `dates and paper are the country's`() {
        #expect(PaperLocale(jurisdiction: "US-NY").date("2026-03-02") == "March 2, 2026")
        #expect(PaperLocale(jurisdiction: "GB-LND").date("2026-03-02") == "2 March 2026")
        #expect(PaperLocale(jurisdiction: "").date("2026-12-31") == "31 December 2026")
        #expect(PaperLocale(jurisdiction: "TH").date("2026-03-02") == "2 March 2026")
        #expect(
            ["US-NY", "CA-ON", "GB-LND", "DE", ""].map { PaperLocale(jurisdiction: $0).page } == [
                "letter", "letter", "A4", "A4", "A4",
            ])
    }

    @Test func `tax stands by line and by rate, with what exempts`() throws {
        var fixture = PaperFixture(jurisdiction: "SG", currency: "SGD")
        fixture.line(15_000, on: "2026-02-10", tax: ("GST", 900))
        fixture.line(4_999, on: "2026-02-11", what: "Report", tax: ("EX", 0))
        fixture.answer.paper.taxes = [
            .with {
                $0.code = "EX"
                $0.exemption = "Exempt supply"
            }
        ]
        let paper = try Paper(invoice: fixture.answer, today: "2026-03-20")
        #expect(paper.lines.map(\.tax) == ["GST 9%", "EX 0%"])
        #expect(paper.sums.map(\.label) == ["Net", "EX 0%", "GST 9%", "Total"])
        #expect(paper.sums.map(\.amount.minor) == [19_999, 0, 1_350, 21_349])
        #expect(paper.remarks.contains("EX: Exempt supply"))
        #expect(try fixture.page().contains(">Tax</th>"))
        #expect(try !short().page().contains(">Tax</th>"))
    }

    @Test func `what came in is taken off, each with its document, down to what is due`() throws {
        var fixture = short()
        fixture.entry("InvoiceIssued", 0, on: "2026-03-02", number: "INV-2026-000001")
        fixture.entry("PaymentAllocated", -10_000, on: "2026-03-09", number: "PAY-000007")
        fixture.entry("AllocationReversed", 10_000, on: "2026-03-12", number: "PAY-000007")
        fixture.entry("CreditApplied", -5_000, on: "2026-03-13", number: "CN-2026-000001")
        let paper = try Paper(invoice: fixture.answer, today: "2026-03-20")
        #expect(paper.sums.map(\.label) == ["Total", "Paid", "Payment taken back", "Credit"])
        #expect(paper.sums[1].detail == "Mar 9, 2026, PAY-000007")
        #expect(paper.sums.reduce(0) { $0 + $1.amount.minor } == paper.result?.amount.minor)
        #expect(paper.result?.amount.minor == 25_000)
    }

    @Test func `void, credited and settled invoices say so in words, and ask for nothing`() throws {
        var void = short()
        void.void(on: "2026-03-05")
        var settled = short()
        settled.entry("PaymentAllocated", -30_000, on: "2026-03-09", number: "PAY-000007")
        var credited = short()
        credited.entry("CreditApplied", -30_000, on: "2026-03-09", number: "CN-2026-000001")
        let byOther = credited
        credited.answer.row.creditNotes = credited.answer.row.total
        for (fixture, word) in [
            (void, "Void"), (settled, "Settled"), (byOther, "Settled"), (credited, "Credited"),
        ] {
            let paper = try Paper(invoice: fixture.answer, today: "2026-03-20")
            #expect(paper.mark?.word == word && paper.payment == nil && paper.result?.amount.minor == 0)
        }
        #expect(try void.page().contains("taken back on March 5, 2026. Nothing is owed on it."))
    }

    @Test func `a payer is not told who the client is`() throws {
        var fixture = short()
        fixture.answer.row.account.payer = 9
        fixture.answer.paper.payer.name = "County Fund"
        fixture.answer.paper.payer.address = "1 County Square"
        let page = try fixture.page()
        #expect(page.contains("County Fund") && page.contains("C-000041"))
        #expect(!page.contains("Cleo") && !page.contains("Hill Road"))
    }

    @Test func `a credit note says which invoice it takes back, and what became of the credit`() throws {
        var fixture = short()
        fixture.answer.creditNotes = [
            .with {
                $0.number = "CN-2026-000001"
                $0.issuedOn = "2026-03-10"
                $0.lines = [
                    .with {
                        $0.line = 1
                        $0.net = fixture.money(18_000)
                        $0.gross = fixture.money(18_000)
                    }
                ]
                $0.total = fixture.money(18_000)
                $0.used = fixture.money(10_000)
                $0.credit = fixture.money(8_000)
            }
        ]
        let paper = try Paper(creditNote: "CN-2026-000001", of: fixture.answer)
        #expect(paper.title == "Credit note" && paper.lines.map(\.what) == ["Professional services, 80 min"])
        #expect(paper.facts.map(\.value).contains("INV-2026-000001") && paper.payment == nil)
        #expect(
            paper.remarks == [
                "$100.00 was used for invoices.", "$80.00 is left as credit for invoices to come.",
            ])
        #expect(throws: UsageError.self) { try Paper(creditNote: "CN-2026-000002", of: fixture.answer) }
    }

    @Test func `a draft has no paper, and one is told how to get there`() {
        var fixture = short()
        fixture.answer.clearPaper()
        fixture.answer.row.standing = .draft
        let error = #expect(throws: UsageError.self) { try Paper(invoice: fixture.answer, today: "2026-03-20") }
        #expect(error?.description.contains("daybook invoice issue 40") == true)
    }

    @Test func `a page is written for its owner alone, and over nothing`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "paper-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = PaperPage.html(try Paper(invoice: short().answer, today: "2026-03-20"))
        let path = try PaperFile.write(page, to: folder.path, number: "INV-2026-000001")
        #expect(path == folder.path + "/INV-2026-000001.html")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600 && FileManager.default.contents(atPath: path) == Data(page.source.utf8))
        #expect(throws: UsageError.self) { try PaperFile.write("other", to: path, number: "") }
        #expect(FileManager.default.contents(atPath: path) == Data(page.source.utf8))
        #expect(throws: UsageError.self) { try PaperFile.write(page, to: folder.path + "/none/x", number: "") }
    }
}
