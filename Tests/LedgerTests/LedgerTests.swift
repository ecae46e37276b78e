import Ledger
import Schema
import SwiftProtobuf
import Testing

/// Table 4.9, event by event.
@Suite struct LedgerTests {
    private func money(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = "USD"
        }
    }

    private let clients = Account.with { $0.client = 7 }
    private let payers = Account.with {
        $0.client = 7
        $0.payer = 9
    }

    private func postings(_ event: BillingEvent) -> [String: Int64] {
        let transaction = Ledger.transaction(of: AnyEvent.billing(event))
        return Dictionary(uniqueKeysWithValues: (transaction?.postings ?? []).map { ($0.account.name, $0.minor) })
    }

    private func line(_ kind: ChargeKind.Value, _ net: Int64, tax: Int64 = 0) -> InvoiceLine {
        .with {
            $0.kind = kind
            $0.net = money(net)
            if tax != 0 { $0.taxCode = "GST" }
            $0.tax = money(tax)
            $0.gross = money(net + tax)
        }
    }

    @Test func `an issued invoice is owed, earned and taxed`() {
        let lines = [line(.session, 10_000, tax: 900), line(.session, 5_000, tax: 450), line(.noShow, 2_000)]
        let issued = InvoiceIssued.with {
            $0.account = clients
            $0.number = "INV-2026-000001"
            $0.issuedOn = "2026-03-02"
            $0.lines = lines
            $0.total = money(18_350)
        }
        let expected: [String: Int64] = [
            "Assets:Receivable:Clients": 18_350, "Income:Services": -15_000, "Income:No-Show-Fees": -2_000,
            "Liabilities:Tax:GST": -1_350,
        ]
        #expect(postings(.invoiceIssued(issued)) == expected)
        let voided = InvoiceVoided.with {
            $0.account = clients
            $0.voidedOn = "2026-03-05"
            $0.lines = lines
            $0.total = money(18_350)
        }
        #expect(postings(.invoiceVoided(voided)) == expected.mapValues { -$0 })
        #expect(Ledger.transaction(of: .invoiceVoided(voided))?.date == "2026-03-05")
        #expect(Ledger.transaction(of: .invoiceIssued(issued))?.number == "INV-2026-000001")
    }

    @Test func `what a payer owes is a receivable of its own`() {
        let issued = InvoiceIssued.with {
            $0.account = payers
            $0.lines = [line(.session, 10_000)]
            $0.total = money(10_000)
        }
        #expect(
            postings(.invoiceIssued(issued)) == ["Assets:Receivable:Payers": 10_000, "Income:Services": -10_000])
    }

    @Test func `a credit note turns income and tax into credit`() {
        let note = CreditNoteIssued.with {
            $0.account = clients
            $0.lines = [
                .with {
                    $0.kind = .lateCancel
                    $0.net = money(5_000)
                    $0.taxCode = "GST"
                    $0.tax = money(450)
                    $0.gross = money(5_450)
                }
            ]
            $0.total = money(5_450)
        }
        #expect(
            postings(.creditNoteIssued(note)) == [
                "Income:Late-Cancel-Fees": 5_000, "Liabilities:Tax:GST": 450, "Liabilities:Client-Credit": -5_450,
            ])
    }

    @Test func `credit pays what is owed, and an allocation that is undone is the exact negation`() {
        let allocated = PaymentAllocated.with {
            $0.account = clients
            $0.amount = money(300)
        }
        let paid: [String: Int64] = ["Liabilities:Client-Credit": 300, "Assets:Receivable:Clients": -300]
        #expect(postings(.paymentAllocated(allocated)) == paid)
        let applied = CreditApplied.with {
            $0.account = payers
            $0.amount = money(300)
        }
        #expect(
            postings(.creditApplied(applied)) == ["Liabilities:Client-Credit": 300, "Assets:Receivable:Payers": -300])
        let reversed = AllocationReversed.with {
            $0.account = clients
            $0.amount = money(300)
        }
        #expect(postings(.allocationReversed(reversed)) == paid.mapValues { -$0 })
    }

    @Test(arguments: [
        (PaymentMethod.Value.cash, "Cash"), (.card, "Card"), (.cheque, "Cheque"), (.transfer, "Transfer"),
        (.directDebit, "Direct-Debit"), (.other, "Other"),
    ])
    func `money comes in through its method and goes out the same way`(method: PaymentMethod.Value, word: String) {
        let recorded = PaymentRecorded.with {
            $0.amount = money(500)
            $0.method = method
        }
        let came: [String: Int64] = ["Assets:Clearing:\(word)": 500, "Liabilities:Client-Credit": -500]
        #expect(postings(.paymentRecorded(recorded)) == came)
        let reversed = PaymentReversed.with {
            $0.amount = money(500)
            $0.method = method
        }
        #expect(postings(.paymentReversed(reversed)) == came.mapValues { -$0 })
        let refunded = RefundIssued.with {
            $0.amount = money(500)
            $0.method = method
        }
        #expect(postings(.refundIssued(refunded)) == came.mapValues { -$0 })
    }

    @Test(arguments: [
        (WriteOffReason.Value.badDebt, "Expenses:Bad-Debt"), (.bankruptcy, "Expenses:Bad-Debt"),
        (.deceased, "Expenses:Bad-Debt"), (.smallBalance, "Expenses:Courtesy-Adjustments"),
        (.courtesy, "Expenses:Courtesy-Adjustments"), (.contractual, "Income:Contractual-Adjustments"),
    ])
    func `what will not come is a loss of its kind, until it is taken back`(reason: WriteOffReason.Value, name: String)
    {
        let recorded = WriteOffRecorded.with {
            $0.amount = money(40)
            $0.reason = reason
        }
        let lost: [String: Int64] = [name: 40, "Assets:Receivable:Clients": -40]
        #expect(postings(.writeOffRecorded(recorded)) == lost)
        let reversed = WriteOffReversed.with {
            $0.amount = money(40)
            $0.reason = reason
        }
        #expect(postings(.writeOffReversed(reversed)) == lost.mapValues { -$0 })
    }

    @Test func `an opening balance is owed, or is credit`() {
        func imported(_ minor: Int64) -> BillingEvent {
            .openingBalanceImported(.with { $0.amount = money(minor) })
        }
        #expect(
            postings(imported(5_000)) == ["Assets:Receivable:Clients": 5_000, "Equity:Opening-Balances": -5_000])
        #expect(
            postings(imported(-5_000)) == ["Liabilities:Client-Credit": -5_000, "Equity:Opening-Balances": 5_000])
    }

    @Test func `only what moves money is posted, and every event is told apart`() throws {
        let silent: Set<EventType> = [
            .taxCodeDefined, .payerDefined, .chargePosted, .chargeAdjusted, .chargeVoided, .feeWaived, .invoiceDrafted,
            .invoiceDraftDiscarded,
        ]
        for type in EventType.allCases {
            let transaction = Ledger.transaction(of: try AnyEvent(type: type, bytes: []))
            let isPosted = type.area == .billing && !silent.contains(type)
            #expect((transaction != nil) == isPosted, "\(type)")
        }
    }

    @Test func `names of accounts are letters, digits, colons and hyphens, and none begins another`() {
        let accounts: [LedgerAccount] =
            PaymentMethod.Value.allCases.map { .clearing($0) } + [
                .receivableClients, .receivablePayers, .clientCredit, .tax("GST"), .tax("VAT-20"), .services,
                .lateCancelFees, .noShowFees, .contractualAdjustments, .badDebt, .courtesyAdjustments, .openingBalances,
            ]
        let names = Set(accounts.map(\.name))
        for name in names {
            #expect(name.wholeMatch(of: /[A-Z][A-Za-z0-9-]*(:[A-Z0-9][A-Za-z0-9-]*)+/) != nil, "\(name)")
            #expect(!names.contains { $0.hasPrefix(name + ":") }, "\(name)")
        }
    }
}
