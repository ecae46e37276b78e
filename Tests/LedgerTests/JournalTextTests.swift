import Ledger
import Schema
import SwiftProtobuf
import Testing

@Suite struct JournalTextTests {
    private func row(_ title: String, _ postings: [(String, Int64)], number: String? = "INV-2026-000001") -> JournalRow
    {
        .with {
            $0.position = 42
            $0.date = "2026-03-02"
            if let number { $0.number = number }
            $0.title = title
            $0.postings = postings.map { account, minor in
                .with {
                    $0.account = account
                    $0.amount.minor = minor
                    $0.amount.currency = "USD"
                }
            }
        }
    }

    @Test func `a journal names its commodity, accounts and tags, and then each transaction`() {
        let issued = row(
            "Invoice issued",
            [("Assets:Receivable:Clients", 16_350), ("Income:Services", -15_000), ("Liabilities:Tax:GST", -1_350)])
        #expect(
            JournalText.lines(of: [issued], currency: "USD") == [
                "; daybook plain-text export v1", "commodity USD", "", "account Assets:Receivable:Clients",
                "account Income:Services", "account Liabilities:Tax:GST", "", "tag event", "",
                "2026-03-02 * (INV-2026-000001) Invoice issued", "    ; event: 42",
                "    Assets:Receivable:Clients  163.50 USD", "    Income:Services  -150.00 USD",
                "    Liabilities:Tax:GST  -13.50 USD",
            ])
    }

    @Test func `no text can end a line or begin a comment`() {
        let lines = JournalText.lines(of: [row("a\nb;c|d", [], number: "x)y")], currency: "USD")
        #expect(lines.contains("2026-03-02 * (x y) a b c d"))
        #expect(JournalText.lines(of: [row("Nothing", [], number: nil)], currency: "JPY")[1] == "commodity JPY")
    }

    @Test func `an empty ledger is a file as well`() {
        #expect(JournalText.lines(of: [], currency: "USD").suffix(2) == ["", "tag event"])
    }
}
