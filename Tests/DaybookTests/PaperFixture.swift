import Schema
import SwiftProtobuf

@testable import daybook

/// Answers to `ShowInvoice` from which papers are made.
struct PaperFixture {
    var currency = "USD"
    var answer: ShowInvoiceAnswer

    init(jurisdiction: String = "US-NY", currency: String = "USD") {
        self.currency = currency
        answer = .with {
            $0.row.id = 40
            $0.row.standing = .issued
            $0.row.number = "INV-2026-000001"
            $0.row.issuedOn = "2026-03-02"
            $0.row.dueOn = "2026-04-01"
            $0.row.account.client = 7
            $0.row.account.clientNumber = "C-000041"
            $0.paper.practice = "Riverbank Practice"
            $0.paper.jurisdiction = jurisdiction
            $0.paper.profile.legalName = "Riverbank Therapy LLC"
            $0.paper.profile.address = "12 Mill Lane\nBeacon, NY 12508"
            $0.paper.profile.phone = "+1 555 0100"
            $0.paper.profile.email = "desk@riverbank.example"
            $0.paper.profile.taxID = "12-3456789"
            $0.paper.profile.paymentInstructions =
                "By bank transfer to Riverbank Therapy LLC,\nFirst Beacon Bank, account 000 111 222"
            $0.paper.clientGivenName.text = "Cleo"
            $0.paper.clientFamilyName.text = "Clark"
            $0.paper.clientAddress.text = "7 Hill Road\nBeacon, NY 12508"
        }
    }

    func money(_ minor: Int64) -> Money { Money(minor, currency) }

    /// One more line; `tax` is a code and basis points.
    mutating func line(
        _ minor: Int64, on date: String, what: String = "Professional services, 50 min",
        tax: (code: String, points: UInt32)? = nil, quantity: UInt32 = 1, discount: Int64 = 0
    ) {
        let net = minor * Int64(quantity) - discount
        let taxed = tax.map { Cents.share(net, basisPoints: $0.points) } ?? 0
        let line = InvoiceLine.with {
            $0.description_p = what
            $0.serviceDate = date
            $0.quantity = quantity
            $0.unit = money(minor)
            $0.discount = money(discount)
            $0.net = money(net)
            if let tax {
                $0.taxCode = tax.code
                $0.taxBasisPoints = tax.points
            }
            $0.tax = money(taxed)
            $0.gross = money(net + taxed)
        }
        answer.paper.lines.append(line)
        for (path, part) in [(\InvoicePaper.net, net), (\.tax, taxed)]
            as [(WritableKeyPath<InvoicePaper, Money>, Int64)]
        {
            answer.paper[keyPath: path] = money(answer.paper[keyPath: path].minor + part)
        }
        answer.row.total = money(answer.row.total.minor + net + taxed)
        answer.row.open = money(answer.row.open.minor + net + taxed)
    }

    /// Something that changed what is open.
    mutating func entry(_ event: String, _ minor: Int64, on date: String, number: String) {
        answer.entries.append(
            .with {
                $0.event = event
                $0.date = date
                $0.number = number
                $0.invoice = answer.row.id
                $0.invoiceNumber = answer.row.number
                $0.open = money(minor)
            })
        answer.row.open = money(answer.row.open.minor + minor)
        switch event {
        case "PaymentAllocated", "AllocationReversed":
            answer.row.allocated = money(answer.row.allocated.minor - minor)
        case "CreditApplied": answer.row.credited = money(answer.row.credited.minor - minor)
        default: break
        }
    }

    mutating func void(on date: String) {
        entry("InvoiceVoided", -answer.row.total.minor, on: date, number: answer.row.number)
        answer.row.standing = .void
    }

    func page() throws -> String { PaperPage.html(try Paper(invoice: answer, today: "2026-03-20")).source }
}
