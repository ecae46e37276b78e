import BalancesProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// Lists of charges, invoices and payments, and one invoice with all it says.
@Suite struct DocumentTests {
    private let book: CashBook

    init() throws { book = try CashBook() }

    @Test func `lists are read in pages that neither repeat nor leave out`() throws {
        var invoices: [UInt64] = []
        for number in 0..<7 {
            invoices.append(
                try book.invoice(Int64(100 + number), client: number % 2 == 0 ? CashBook.cleo : CashBook.carl))
        }
        let paid = invoices[3]
        _ = try book.allocate(try book.payment(103, client: CashBook.carl), to: paid, 103, client: CashBook.carl)
        for client in [nil, CashBook.cleo, CashBook.carl] as [UInt64?] {
            for isOpen in [false, true] {
                let wanted = invoices.enumerated().filter { index, id in
                    (client == nil || (index % 2 == 0) == (client == CashBook.cleo)) && !(isOpen && id == paid)
                }
                for limit in 1...8 {
                    let seen = try ids(client, isOpen, limit)
                    #expect(seen == wanted.map(\.element), "\(String(describing: client)) \(isOpen) \(limit)")
                }
            }
        }
    }

    private func ids(_ client: UInt64?, _ isOpen: Bool, _ limit: Int) throws -> [UInt64] {
        var question = ListInvoices.with {
            if let client { $0.client = client }
            $0.open = isOpen
            $0.limit = UInt32(limit)
        }
        var seen: [UInt64] = []
        for _ in 0..<20 {
            let answer = try book.harness.ask(question)
            #expect(answer.rows.count <= limit)
            seen += answer.rows.map(\.id)
            guard answer.hasNext else { break }
            question.after = answer.next
        }
        return seen
    }

    @Test func `charges are listed while they owe nothing, and all when asked for`() throws {
        let (first, second) = (try book.charge(100), try book.charge(200, proposed: true))
        let invoice = try book.draft(first)
        try book.issue(invoice)
        #expect(try book.harness.ask(ListCharges()).rows.map(\.id) == [second])
        let rows = try book.harness.ask(
            ListCharges.with {
                $0.client = CashBook.cleo
                $0.all = true
            }
        ).rows
        #expect(rows.map(\.id) == [first, second])
        #expect(rows.map(\.standing) == [.invoiced, .pending] && rows[0].invoice == invoice && !rows[1].hasInvoice)
        #expect(rows.map(\.proposed) == [false, true] && rows.map(\.gross.minor) == [100, 200])
    }

    @Test func `a line that is credited to its whole credits its charge`() throws {
        let charge = try book.charge(1_000)
        let invoice = try book.draft(charge)
        try book.issue(invoice)
        func standing() throws -> ChargeStanding.Value? {
            try book.harness.ask(ListCharges.with { $0.all = true }).rows.first?.standing
        }
        _ = try book.creditNote(invoice, 400)
        #expect(try standing() == .invoiced)
        _ = try book.creditNote(invoice, 600)
        #expect(try standing() == .credited)
    }

    @Test func `payments and notes are listed with what is left of them`() throws {
        let invoice = try book.invoice(10_000)
        let payment = try book.payment(4_000)
        _ = try book.allocate(payment, to: invoice, 4_000)
        let note = try book.creditNote(invoice, 1_000)
        let before = try book.opening(-500)
        let rows = try book.harness.ask(ListPayments.with { $0.client = CashBook.cleo }).rows
        #expect(rows.map(\.id) == [payment, note, before])
        #expect(rows.map(\.kind) == ["payment", "credit_note", "opening_balance"])
        #expect(rows.map(\.credit.minor) == [0, 1_000, 500] && rows.map(\.used.minor) == [4_000, 0, 0])
        #expect(rows[0].method == .card && rows[0].reference == "T-1" && !rows[1].hasMethod)
        #expect(try book.harness.ask(ListPayments.with { $0.credit = true }).rows.map(\.id) == [note, before])
    }

    @Test func `an invoice is shown with its lines, whom it is from and to, and what became of it`() throws {
        let profile = try book.harness.record(
            .practice(.practiceProfileUpdated(.with { $0.legalName = "Riverside LLC" })))
        let charge = try book.charge(10_000, taxed: true)
        let invoice = try book.draft(charge, payer: CashBook.payer)
        #expect(try !book.harness.ask(ShowInvoice.with { $0.invoice = invoice }).hasPaper)
        try book.issue(invoice, due: "2025-12-30", profile: profile)
        let payment = try book.payment(900, payer: CashBook.payer)
        _ = try book.allocate(payment, to: invoice, 900, payer: CashBook.payer)
        let answer = try book.harness.ask(ShowInvoice.with { $0.invoice = invoice })
        #expect(answer.row.open.minor == 10_000 && answer.row.daysPastDue == 1)
        #expect(answer.paper.lines.map(\.gross.minor) == [10_900] && answer.paper.tax.minor == 900)
        #expect(answer.paper.profile.legalName == "Riverside LLC" && answer.paper.payer.name == "County Fund")
        #expect(
            answer.entries.map(\.told) == [
                "InvoiceIssued 0 0 -10900 0", "InvoiceIssued 10900 0 0 0", "PaymentAllocated -900 -900 0 0",
            ])
        #expect(answer.entries.last?.number.hasPrefix("PAY-") == true)
        let byNumber = try book.harness.ask(ShowInvoice.with { $0.number = answer.row.number })
        #expect(byNumber == answer)
    }

    @Test func `an invoice that is none, another's, or not named is refused`() throws {
        let invoice = try book.invoice(100)
        let payment = try book.payment(100)
        let questions: [(ShowInvoice, Int, String)] = [
            (ShowInvoice(), 400, "invoice"), (.with { $0.invoice = 404 }, 404, "invoice"),
            (.with { $0.invoice = payment }, 404, "invoice"), (.with { $0.number = "INV-2026-999999" }, 404, "number"),
            (.with { $0.number = "PAY-000003" }, 404, "number"),
            (.with { $0.number = String(repeating: "9", count: 1_000) }, 404, "number"),
            (
                .with {
                    $0.invoice = invoice
                    $0.client = CashBook.carl
                }, 404, "invoice"
            ),
        ]
        for (question, status, field) in questions {
            let refusal = #expect(throws: Refusal.self) { try book.harness.ask(question) }
            #expect(refusal?.status == status && refusal?.facts.field == field, "\(question)")
        }
    }

    @Test func `whoever may not know a client sees an id and no name`() throws {
        _ = try book.invoice(100)
        _ = try book.invoice(100, client: CashBook.carl)
        let rows = try book.harness.ask(Ageing()) { permission, target in
            permission == .viewDemographics && target.client == CashBook.carl
        }.rows
        #expect(rows.map(\.account.client) == [CashBook.cleo, CashBook.carl])
        #expect(rows.map(\.account.clientNumber) == ["", "C-000002"])
        #expect(rows.map(\.account.hasClientGivenName) == [false, true])
        #expect(rows[1].account.clientFamilyName.sealed.person == CashBook.carl)
    }

    @Test func `balances take their permission about the client named, the ledger its own`() {
        #expect(Balances.with { $0.client = 7 }.target == Target(client: 7))
        #expect(ExplainBalance.with { $0.client = 7 }.target == Target(client: 7))
        #expect(ShowInvoice.with { $0.client = 7 }.target == Target(client: 7))
        #expect(ListInvoices().target == Target() && Ageing().target == Target())
        let permissions: [Permission] = [
            Balances.permission, Ageing.permission, ListCharges.permission, ListInvoices.permission,
            ListPayments.permission, ShowInvoice.permission, ExplainBalance.permission,
        ]
        #expect(permissions.allSatisfy { $0 == .viewBalances })
        #expect(TrialBalance.permission == .viewLedger && Journal.permission == .viewLedger)
    }
}
