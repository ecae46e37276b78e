import Schema

/// The money of a clinic as its events tell it, in the plainest way. Nothing here asks the product's own rules.
struct PlainBooks {
    enum ChargeStanding { case pending, drafted, invoiced, credited, waived, voided }

    struct Charge {
        /// With the line as it was last adjusted.
        var posted: ChargePosted
        var standing = ChargeStanding.pending
        var invoice: UInt64?

        var isFee: Bool { posted.kind == .lateCancel || posted.kind == .noShow }
        var isIssuedAtNothing: Bool { standing == .invoiced && posted.line.net.minor == 0 }
        var owesNothingYet: Bool { standing == .pending || standing == .drafted }
        var grossMinor: Int64 { posted.line.net.minor + PlainCents.tax(of: posted.line) }
    }

    enum InvoiceStanding { case draft, issued, void, discarded }

    /// An invoice, or what was owed in the books before these, which has no charges.
    struct Invoice {
        var account: Account
        var standing = InvoiceStanding.draft
        var charges: [UInt64] = []
        var number = ""
        var issuedOn = ""
        var dueOn = ""
        var lines: [InvoiceLine] = []
        /// Gross, of each line.
        var creditedOfLine: [Int64] = []
        var total: Int64 = 0
        var allocated: Int64 = 0
        var credited: Int64 = 0
        var writtenOff: Int64 = 0
        /// Of its credit notes, wherever they were applied.
        var creditNotes: Int64 = 0

        var openMinor: Int64 { standing == .issued ? total - allocated - credited - writtenOff : 0 }
    }

    /// A payment, a credit note, or credit from the books before these.
    struct Credit {
        var kind: Subject.Kind
        var account: Account
        var amount: Int64
        var number: String
        var method = PaymentMethod.Value.unspecified
        var reference = ""
        var used: Int64 = 0
        var refunded: Int64 = 0
        /// Of a credit note.
        var invoice: UInt64?
        var reversed: Int64 = 0
        /// Allocations that were not reversed, in order.
        var allocations: [UInt64] = []

        var freeMinor: Int64 { amount - used - refunded - reversed }
    }

    struct Allocation {
        var payment: UInt64
        var invoice: UInt64
        var amount: Int64
        var isReversed = false
    }

    struct WriteOff {
        var invoice: UInt64
        var amount: Int64
        var reason: WriteOffReason.Value
        var isReversed = false
    }

    /// By code, in order of recording.
    var rates: [String: [TaxCodeDefined]] = [:]
    var payers: [UInt64: PayerDefined] = [:]
    var charges: [UInt64: Charge] = [:]
    var invoices: [UInt64: Invoice] = [:]
    var credits: [UInt64: Credit] = [:]
    var allocations: [UInt64: Allocation] = [:]
    var writeOffs: [UInt64: WriteOff] = [:]
    /// The last count of each series, as `INV-2026`.
    var counts: [String: UInt64] = [:]
    /// What is in each account of the ledger, minor units: debit above zero.
    var ledger: [String: Int64] = [:]
    /// All that was ever invoiced, paid or brought over.
    var booksMinor: Int64 = 0
    /// The last change of each charge.
    var changed: [UInt64: UInt64] = [:]

    /// Appointment → what the books before these asked for it.
    var feesBefore: [UInt64: UInt64] = [:]

    // What would be found by looking through everything.
    var pendingOf: [UInt64: Set<UInt64>] = [:]
    var chargesOfAppointment: [UInt64: [UInt64]] = [:]
    var openOf: [Account: Set<UInt64>] = [:]
    var freeOf: [Account: Set<UInt64>] = [:]
    /// Method and reference, in small letters, of payments that are on file.
    var references: [String: UInt64] = [:]

    /// What is issued and open, the oldest due first.
    func openInvoices(of account: Account) -> [UInt64] {
        (openOf[account] ?? []).map { ($0, invoices[$0]?.dueOn ?? "") }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    }

    /// What is left of credit, the oldest first.
    func freeCredits(of account: Account) -> [UInt64] { (freeOf[account] ?? []).sorted() }

    /// The rate of a code on a day; nil before its first. Of two from one day the later recorded holds.
    func rate(of code: String, on date: String) -> TaxCodeDefined? {
        let known = (rates[code] ?? []).filter { $0.effectiveFrom <= date }
        let newest = known.map(\.effectiveFrom).max()
        return known.last { $0.effectiveFrom == newest }
    }

    /// The charge that there is for a session.
    func sessionCharge(of appointment: UInt64) -> UInt64? {
        (chargesOfAppointment[appointment] ?? []).first { id in
            guard let charge = charges[id], charge.posted.kind == .session else { return false }
            return charge.standing != .voided && charge.standing != .credited && !charge.isIssuedAtNothing
        }
    }

    /// What was refunded of a payment, or of all credit notes of one invoice.
    func refunded(like credit: UInt64) -> Int64 {
        guard let invoice = credits[credit]?.invoice else { return credits[credit]?.refunded ?? 0 }
        return credits.values.filter { $0.invoice == invoice }.reduce(0) { $0 + $1.refunded }
    }

    /// The number that the next document of a series gets (INV-BILL-04).
    func nextNumber(_ series: String) -> String { Self.number(series, (counts[series] ?? 0) + 1) }

    static func number(_ series: String, _ count: UInt64) -> String {
        var digits = String(count)
        while digits.count < 6 { digits = "0" + digits }
        return "\(series)-\(digits)"
    }

    /// What looks the same is the same, as far as the maker of these commands goes.
    static func referenceKey(_ method: PaymentMethod.Value, _ reference: String) -> String? {
        let seen = reference.replacing(/[ \t\u{A0}\u{200B}]/, with: "").lowercased()
        return seen.isEmpty ? nil : "\(method.rawValue) \(seen)"
    }
}

/// Exact amounts once more, by other arithmetic than the product's.
enum PlainCents {
    static let maxMinor: Int64 = 1_000_000_000_000

    /// A part in basis points of what is not negative, a half going up.
    static func share(_ minor: Int64, _ basisPoints: UInt32) -> Int64 {
        Int64((Int128(minor) * Int128(basisPoints) + 5_000) / 10_000)
    }

    static func tax(of line: ChargeLine) -> Int64 { share(line.net.minor, line.taxBasisPoints) }

    /// How much of a line's net a gross part of it comes to: by largest remainder against the tax, ties to the net.
    static func net(ofGross part: Int64, _ net: Int64, _ tax: Int64) -> Int64 {
        let gross = Int128(net + tax)
        guard gross > 0 else { return part }
        let (ofNet, ofTax) = (Int128(part) * Int128(net), Int128(part) * Int128(tax))
        let isShort = ofNet / gross + ofTax / gross < Int128(part)
        return Int64(ofNet / gross + (isShort && ofNet % gross >= ofTax % gross ? 1 : 0))
    }
}
