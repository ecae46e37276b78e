import BalancesProjection
import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// A practice (0), two clients (1, 2) and an organisation that pays (3), and whatever happens to their money. After each
/// event the books must agree with themselves.
final class CashBook {
    static let cleo: UInt64 = 1
    static let carl: UInt64 = 2
    static let payer: UInt64 = 3

    let harness: ViewHarness<BalancesView>
    private var lines: [UInt64: InvoiceLine] = [:]
    private var drafts: [UInt64: (account: Account, charges: [UInt64])] = [:]
    private var numbers = 0

    init() throws {
        harness = try ViewHarness()
        try harness.record(
            .practice(
                .practiceInitialised(
                    .with {
                        $0.zone = "America/New_York"
                        $0.currency = "USD"
                    })))
        for (number, byte) in [("C-000001", 1), ("C-000002", 2)] as [(String, UInt8)] {
            try harness.record(
                .clients(
                    .clientRegistered(
                        .with {
                            $0.number = number
                            $0.givenName = sealedField(byte)
                            $0.familyName = sealedField(byte + 10)
                        })))
        }
        try harness.record(.billing(.payerDefined(.with { $0.name = "County Fund" })))
    }

    struct Unsound: Error { var faults: [String] }

    @discardableResult
    func record(_ event: BillingEvent) throws -> UInt64 {
        let position = try harness.record(.billing(event))
        let faults = try self.faults()
        guard faults.isEmpty else { throw Unsound(faults: faults) }
        return position
    }

    func faults() throws -> [String] {
        try harness.read { try BalanceIdentity($0, in: $1).faults }
    }

    static func dollars(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = "USD"
        }
    }

    static func account(_ client: UInt64 = cleo, payer: UInt64? = nil) -> Account {
        .with {
            $0.client = client
            if let payer { $0.payer = payer }
        }
    }

    /// - `taxed`: with 9 % on top.
    func charge(
        _ minor: Int64, client: UInt64 = cleo, proposed: Bool = false, taxed: Bool = false
    ) throws -> UInt64 {
        let posted = ChargePosted.with {
            $0.client = client
            $0.kind = proposed ? .noShow : .session
            $0.serviceDate = "2026-01-02"
            $0.line.quantity = 1
            $0.line.unit = Self.dollars(minor)
            $0.line.net = Self.dollars(minor)
            if taxed {
                $0.line.taxCode = "GST"
                $0.line.taxBasisPoints = 900
            }
            $0.proposed = proposed
            $0.remark = sealedField(20)
        }
        let id = try record(.chargePosted(posted))
        let tax = taxed ? Cents.share(minor, basisPoints: 900) : 0
        lines[id] = .with {
            $0.charge = id
            $0.kind = posted.kind
            $0.description_p = "Professional services, 50 min"
            $0.serviceDate = posted.serviceDate
            $0.quantity = 1
            $0.unit = posted.line.unit
            $0.net = posted.line.net
            if taxed { $0.taxCode = "GST" }
            $0.tax = Self.dollars(tax)
            $0.gross = Self.dollars(minor + tax)
        }
        return id
    }

    func draft(_ charges: UInt64..., client: UInt64 = cleo, payer: UInt64? = nil) throws -> UInt64 {
        let account = Self.account(client, payer: payer)
        let id = try record(
            .invoiceDrafted(
                .with {
                    $0.account = account
                    $0.charges = charges
                }))
        drafts[id] = (account, charges)
        return id
    }

    func issue(_ invoice: UInt64, due: String = "2026-01-15", profile: UInt64? = nil) throws {
        guard let draft = drafts[invoice] else { return }
        let lines = draft.charges.compactMap { self.lines[$0] }
        let net = lines.reduce(0) { $0 + $1.net.minor }
        let tax = lines.reduce(0) { $0 + $1.tax.minor }
        let number = next("INV-2026-")
        try record(
            .invoiceIssued(
                .with {
                    $0.invoice = invoice
                    $0.account = draft.account
                    $0.number = number
                    $0.issuedOn = "2026-01-01"
                    $0.dueOn = due
                    $0.lines = lines
                    $0.net = Self.dollars(net)
                    $0.tax = Self.dollars(tax)
                    $0.total = Self.dollars(net + tax)
                    if let profile { $0.profile = profile }
                }))
    }

    /// An issued invoice over so much.
    func invoice(
        _ minor: Int64, client: UInt64 = cleo, payer: UInt64? = nil, due: String = "2026-01-15"
    ) throws -> UInt64 {
        let id = try draft(try charge(minor, client: client), client: client, payer: payer)
        try issue(id, due: due)
        return id
    }

    func void(_ invoice: UInt64) throws {
        guard let draft = drafts[invoice] else { return }
        let lines = draft.charges.compactMap { self.lines[$0] }
        try record(
            .invoiceVoided(
                .with {
                    $0.invoice = invoice
                    $0.account = draft.account
                    $0.voidedOn = "2026-01-03"
                    $0.lines = lines
                    $0.total = Self.dollars(lines.reduce(0) { $0 + $1.gross.minor })
                }))
    }

    func payment(_ minor: Int64, client: UInt64 = cleo, payer: UInt64? = nil) throws -> UInt64 {
        let number = next("PAY-")
        return try record(
            .paymentRecorded(
                .with {
                    $0.account = Self.account(client, payer: payer)
                    $0.number = number
                    $0.amount = Self.dollars(minor)
                    $0.method = .card
                    $0.receivedOn = "2026-01-04"
                    $0.reference = "T-1"
                }))
    }

    func allocate(
        _ payment: UInt64, to invoice: UInt64, _ minor: Int64, client: UInt64 = cleo, payer: UInt64? = nil
    ) throws -> UInt64 {
        try record(
            .paymentAllocated(
                .with {
                    $0.payment = payment
                    $0.invoice = invoice
                    $0.account = Self.account(client, payer: payer)
                    $0.amount = Self.dollars(minor)
                    $0.allocatedOn = "2026-01-04"
                }))
    }

    /// A credit note over part of an invoice's first line.
    func creditNote(_ invoice: UInt64, _ minor: Int64) throws -> UInt64 {
        let number = next("CN-2026-")
        return try record(
            .creditNoteIssued(
                .with {
                    $0.invoice = invoice
                    $0.account = drafts[invoice]?.account ?? Account()
                    $0.number = number
                    $0.issuedOn = "2026-01-05"
                    $0.lines = [
                        .with {
                            $0.kind = .session
                            $0.net = Self.dollars(minor)
                            $0.gross = Self.dollars(minor)
                        }
                    ]
                    $0.total = Self.dollars(minor)
                }))
    }

    func opening(_ minor: Int64) throws -> UInt64 {
        let number = next("OB-")
        return try record(
            .openingBalanceImported(
                .with {
                    $0.account = Self.account()
                    $0.number = number
                    $0.asOf = "2025-12-31"
                    $0.amount = Self.dollars(minor)
                }))
    }

    func balances(_ client: UInt64 = cleo) throws -> [BalanceRow] {
        try harness.ask(Balances.with { $0.client = client }).rows
    }

    func next(_ series: String) -> String {
        numbers += 1
        return series + String(repeating: "0", count: 6 - String(numbers).count) + String(numbers)
    }
}

extension BalanceRow {
    /// open, credit, uninvoiced, proposed: minor units.
    var told: [Int64] { [open.minor, credit.minor, uninvoiced.minor, proposed.minor] }
}

extension BalanceEntryRow {
    /// event, then by how much open, credit, uninvoiced and proposed rise.
    var told: String { "\(event) \(open.minor) \(credit.minor) \(uninvoiced.minor) \(proposed.minor)" }
}
