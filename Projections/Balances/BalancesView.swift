import LMDBKit
import Ledger
import ProjectionKit
import Schema
import SwiftProtobuf

/// What everybody owes and has, the documents it comes from, and the ledger.
///
/// Sums are kept as they change, and every change beside them, so that each cent leads to its event.
public struct BalancesView: Projector {
    public static let name = "balances"
    public static let version: UInt64 = 2

    /// Client, then payer: 0 when the client pays, since no payer was founded by the log's first event.
    typealias AccountKey = Pair<UInt64, UInt64>
    typealias Mark = Google_Protobuf_Empty

    /// One row, at 0.
    let practice: Table<UInt64, PracticeInitialised>
    let clients: Table<UInt64, BalanceClient>
    let payers: Table<UInt64, PayerDefined>
    /// By the position at which the practice said so.
    let profiles: Table<UInt64, PracticeProfileUpdated>
    let accounts: Table<AccountKey, AccountSums>
    /// (client, position, payer): what each event did to an account.
    let entries: Table<Pair<UInt64, Pair<UInt64, UInt64>>, AccountEntry>
    let charges: Table<UInt64, ChargeState>
    let chargesOfClient: Table<Pair<UInt64, UInt64>, Mark>
    /// Those that owe nothing yet.
    let uninvoiced: Table<UInt64, Mark>
    let invoices: Table<UInt64, InvoiceState>
    let invoicesOfClient: Table<Pair<UInt64, UInt64>, Mark>
    /// As they were issued.
    let papers: Table<UInt64, IssuedPaper>
    /// Credit notes, as they were issued.
    let notes: Table<UInt64, CreditNoteIssued>
    /// Code and date from which a rate is in force, as `GST 2026-01-01`.
    let taxes: Table<String, TaxCodeDefined>
    /// Charge → its rate, as it was when the charge was posted.
    let taxOfCharge: Table<UInt64, TaxCodeDefined>
    /// (invoice, index of the line) → gross of its credit notes.
    let credited: Table<Pair<UInt64, UInt64>, BalanceSum>
    /// Those of which something is open.
    let openInvoices: Table<UInt64, Mark>
    /// (account, due as days since 1970, invoice) → what is open.
    let openItems: Table<Pair<AccountKey, Pair<Int64, UInt64>>, BalanceSum>
    /// (invoice, position) of what happened to an invoice.
    let entriesOfInvoice: Table<Pair<UInt64, UInt64>, Mark>
    let credits: Table<UInt64, CreditSums>
    let creditsOfClient: Table<Pair<UInt64, UInt64>, Mark>
    /// Those of which something is left.
    let freeCredits: Table<UInt64, Mark>
    /// Number of a document → its id.
    let numbers: Table<String, Google_Protobuf_UInt64Value>
    /// Id of a document → its number.
    let numberOf: Table<UInt64, Google_Protobuf_StringValue>
    /// Currency and name of an account of the ledger, as `USD Assets:Bank`.
    let trial: Table<String, BalanceSum>
    /// By position.
    let journal: Table<UInt64, JournalRow>

    public init(_ tables: borrowing TableOpener) throws {
        practice = try tables.table("practice")
        clients = try tables.table("clients")
        payers = try tables.table("payers")
        profiles = try tables.table("profiles")
        accounts = try tables.table("accounts")
        entries = try tables.table("entries")
        charges = try tables.table("charges")
        chargesOfClient = try tables.table("charges-of-client")
        uninvoiced = try tables.table("uninvoiced")
        invoices = try tables.table("invoices")
        invoicesOfClient = try tables.table("invoices-of-client")
        papers = try tables.table("papers")
        notes = try tables.table("notes")
        taxes = try tables.table("taxes")
        taxOfCharge = try tables.table("tax-of-charge")
        credited = try tables.table("credited")
        openInvoices = try tables.table("open-invoices")
        openItems = try tables.table("open-items")
        entriesOfInvoice = try tables.table("entries-of-invoice")
        credits = try tables.table("credits")
        creditsOfClient = try tables.table("credits-of-client")
        freeCredits = try tables.table("free-credits")
        numbers = try tables.table("numbers")
        numberOf = try tables.table("number-of")
        trial = try tables.table("trial")
        journal = try tables.table("journal")
    }

    public func project(_ recorded: Recorded, into view: ViewWriter) throws {
        switch recorded.event {
        case .practice(let event): try project(event, recorded, into: view)
        case .clients(let event): try project(event, recorded, into: view)
        case .interchange(let event): try project(event, into: view)
        case .billing(let event): try project(event, recorded, into: view)
        case .staff, .places, .availability, .scheduling, .charting, .access: break
        }
    }

    private func project(_ event: BillingEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .payerDefined(let event): try view.put(payers, recorded.position, event)
        case .taxCodeDefined(let event): try view.put(taxes, "\(event.code) \(event.effectiveFrom)", event)
        default:
            let transaction = Ledger.transaction(of: event)
            let entry = try change(event, recorded, view)
            try note(entry, transaction, recorded, view)
            if let transaction { try book(transaction, recorded, view) }
        }
    }
}
