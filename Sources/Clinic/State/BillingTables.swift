import LMDBKit
import Schema

/// Client, then payer: 0 when the client pays, since no payer was founded by the log's first event.
typealias AccountKey = Pair<UInt64, UInt64>

/// The state's tables of money.
struct BillingTables: Sendable {
    let policies: Table<UInt64, CancellationPolicyPublished>
    let taxCodes: Table<String, TaxCodeState>
    let payers: Table<UInt64, PayerDefined>
    let charges: Table<UInt64, ChargeState>
    /// (client, charge) of those on no invoice, proposed ones among them.
    let pendingCharges: Table<Pair<UInt64, UInt64>, IdState>
    /// (appointment, charge), whatever became of the charge.
    let chargesOfAppointment: Table<Pair<UInt64, UInt64>, IdState>
    /// (client, calendar year, position of the event) of late notices and no-shows → the appointment.
    let missed: Table<Pair<UInt64, Pair<UInt64, UInt64>>, IdState>
    let invoices: Table<UInt64, InvoiceState>
    /// (invoice, index of the line).
    let invoiceLines: Table<Pair<UInt64, UInt64>, InvoiceLineState>
    /// (account, due as days since 1970, invoice) of what is issued and open.
    let openInvoices: Table<Pair<AccountKey, Pair<Int64, UInt64>>, IdState>
    let credits: Table<UInt64, CreditState>
    /// (account, credit) of what has something left.
    let freeCredits: Table<Pair<AccountKey, UInt64>, IdState>
    let allocations: Table<UInt64, AllocationState>
    /// (payment, allocation) of those that were not reversed.
    let allocationsOfPayment: Table<Pair<UInt64, UInt64>, IdState>
    let writeOffs: Table<UInt64, WriteOffState>
    let openingBalances: Table<UInt64, OpeningBalanceState>
    /// Method, then the reference in small letters → the payment.
    let references: Table<Pair<UInt8, String>, IdState>
    /// `INV-2026` → the last number taken; names in small letters → sums in minor units.
    let counters: Table<String, IdState>

    init(in transaction: borrowing WriteTransaction) throws(LMDBError) {
        policies = try Table("billing-policies", in: transaction)
        taxCodes = try Table("billing-tax-codes", in: transaction)
        payers = try Table("billing-payers", in: transaction)
        charges = try Table("billing-charges", in: transaction)
        pendingCharges = try Table("billing-pending-charges", in: transaction)
        chargesOfAppointment = try Table("billing-charges-of-appointment", in: transaction)
        missed = try Table("billing-missed", in: transaction)
        invoices = try Table("billing-invoices", in: transaction)
        invoiceLines = try Table("billing-invoice-lines", in: transaction)
        openInvoices = try Table("billing-open-invoices", in: transaction)
        credits = try Table("billing-credits", in: transaction)
        freeCredits = try Table("billing-free-credits", in: transaction)
        allocations = try Table("billing-allocations", in: transaction)
        allocationsOfPayment = try Table("billing-allocations-of-payment", in: transaction)
        writeOffs = try Table("billing-write-offs", in: transaction)
        openingBalances = try Table("billing-opening-balances", in: transaction)
        references = try Table("billing-references", in: transaction)
        counters = try Table("billing-counters", in: transaction)
    }

    var all: [RawTable] {
        [
            policies.raw, taxCodes.raw, payers.raw, charges.raw, pendingCharges.raw, chargesOfAppointment.raw,
            missed.raw, invoices.raw, invoiceLines.raw, openInvoices.raw, credits.raw, freeCredits.raw,
            allocations.raw, allocationsOfPayment.raw, writeOffs.raw, openingBalances.raw, references.raw, counters.raw,
        ]
    }
}
