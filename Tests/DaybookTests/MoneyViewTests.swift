import Schema
import SwiftProtobuf
import Testing

@testable import daybook

struct MoneyViewTests {
    private func dollars(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = "USD"
        }
    }

    private func invoice(
        _ standing: InvoiceStanding.Value, open: Int64, credited: Int64 = 0, notes: Int64 = 0, days: UInt32? = nil
    ) -> InvoiceRow {
        .with {
            $0.standing = standing
            $0.total = dollars(10_000)
            $0.open = dollars(open)
            $0.credited = dollars(credited)
            $0.creditNotes = dollars(notes)
            if let days { $0.daysPastDue = days }
        }
    }

    @Test func `an invoice stands as people say it`() {
        #expect(invoice(.draft, open: 0).stands == "draft")
        #expect(invoice(.void, open: 0).stands == "void")
        #expect(invoice(.issued, open: 10_000).stands == "open")
        #expect(invoice(.issued, open: 500).stands == "partly paid")
        #expect(invoice(.issued, open: 500, days: 3).stands == "3 days past due")
        #expect(invoice(.issued, open: 0).stands == "settled")
        #expect(invoice(.issued, open: 0, notes: 10_000).stands == "credited")
        // Credit of another invoice pays it.
        #expect(invoice(.issued, open: 0, credited: 10_000).stands == "settled")
    }

    @Test func `a balance has no column for fees when none are proposed`() {
        let row = BalanceRow.with {
            $0.account.client = 7
            $0.account.clientNumber = "C-000001"
            $0.account.clientFamilyName.text = "Clark"
            $0.open = dollars(10_000)
            $0.credit = dollars(0)
            $0.uninvoiced = dollars(5)
            $0.proposed = dollars(0)
        }
        #expect(
            MoneyViews.balances([row]).lines() == [
                "Account                 Open    Credit  Uninvoiced",
                "Clark (C-000001)  100.00 USD  0.00 USD    0.05 USD",
            ])
    }

    @Test func `an entry says by how much a sum rises or falls, and which document pays which`() {
        let row = BalanceEntryRow.with {
            $0.position = 9
            $0.date = "2026-01-04"
            $0.event = "PaymentAllocated"
            $0.subject = 9
            $0.number = "PAY-000001"
            $0.invoice = 4
            $0.invoiceNumber = "INV-2026-000001"
            $0.open = dollars(-500)
            $0.credit = dollars(500)
            $0.openAfter = dollars(0)
            $0.creditAfter = dollars(500)
        }
        let line = MoneyViews.entries([row]).lines()[1]
        #expect(
            line.contains("PAY-000001 → INV-2026-000001") && line.contains("-5.00 USD") && line.contains("+5.00 USD"))
    }

    @Test func `whose account it is is told as far as it is known`() {
        var row = AccountRow()
        row.client = 7
        #expect(row.label == "client 7")
        row.clientNumber = "C-000001"
        row.payer = 3
        row.payerName = "County Fund"
        #expect(row.label == "C-000001, County Fund")
    }

    @Test(arguments: [("1.234", "KWD", 1_234), ("120", "JPY", 120), ("12.5", "USD", 1_250)])
    func `amounts have as many decimals as their currency`(text: String, currency: String, minor: Int64) throws {
        #expect(try Money(amount: text, currency: currency).minor == minor)
        #expect(try Money(amount: text, currency: currency).shown.hasSuffix(currency))
    }

    @Test func `an amount below zero is no option, and one is told what to do instead`() {
        let refused = [
            ["--socket", "/s", "pay", "C-000001", "-5", "--by", "cash"], ["refund", "PAY-000001", "-.50"],
            ["charge", "post", "C-000001", "-12.00"],
        ]
        for arguments in refused {
            #expect(BelowZero.complaint(in: arguments)?.description.contains("daybook refund") == true, "\(arguments)")
        }
        let fine = [
            ["pay", "C-000001", "5", "--by=cash"], ["pay", "C-000001", "5", "--on=-3"], ["agenda", "-5"],
            ["charge", "post", "--", "-5"],
        ]
        for arguments in fine { #expect(BelowZero.complaint(in: arguments) == nil, "\(arguments)") }
    }

    @Test func `a draft says what it will come to, and how it is issued`() {
        let charges = ([4_905, 23_000] as [Int64]).map { minor in
            ChargeRow.with {
                $0.kind = .report
                $0.gross = dollars(minor)
            }
        }
        let row = InvoiceRow.with {
            $0.id = 2_650
            $0.total = dollars(0)
        }
        let lines = InvoiceView.draftLines(row, charges, width: nil, isColoured: false)
        #expect(lines.contains("  It comes to 279.05 USD with tax.") && lines.last?.contains("issue 2650") == true)
    }
}
