import Schema
import Timetable

extension ChargeLine {
    static let quantityMax: UInt32 = 10_000

    /// INV-BILL-02 and -22: net = quantity x unit - discount, each of them an amount.
    ///
    /// - Parameter path: the field that is named when it comes to too much.
    init(
        quantity: UInt32, unit: Int64, discount: Int64, tax: TaxCodeDefined?, _ amount: Amount, path: String = "unit"
    ) throws(Refusal) {
        self.init()
        guard (1...Self.quantityMax).contains(quantity) else {
            throw Refusal.rule("INV-BILL-22", "Not a quantity", "`quantity` must be 1 to \(Self.quantityMax).")
                .with { $0.field = "quantity" }
        }
        // At most 10^4 x 10^12.
        let full = Int64(quantity) * unit
        guard full <= Cents.maxMinor else {
            throw Refusal.field(path, "Quantity and price come to more than \(amount.text(Cents.maxMinor)).")
        }
        guard discount <= full else {
            throw Refusal.rule(
                "INV-BILL-02", "More off than it costs",
                "The discount is more than quantity x unit, which is \(amount.text(full))."
            )
            .with {
                $0.field = "discount"
                $0.availableMinor = full
            }
        }
        self.quantity = quantity
        self.unit = amount.money(unit)
        self.discount = amount.money(discount)
        net = amount.money(full - discount)
        if let tax {
            taxCode = tax.code
            taxBasisPoints = tax.basisPoints
        }
    }

    /// Tax comes on top (4.2), rounded for each line.
    var taxMinor: Int64 { Cents.share(net.minor, basisPoints: taxBasisPoints) }
}

extension InvoiceLine {
    init(_ charge: UInt64, _ posted: ChargePosted, _ amount: Amount) {
        self.init()
        self.charge = charge
        kind = posted.kind
        description_p = posted.neutralWords
        serviceDate = posted.serviceDate
        let line = posted.line
        quantity = line.quantity
        unit = line.unit
        discount = line.discount
        net = line.net
        if line.hasTaxCode { taxCode = line.taxCode }
        taxBasisPoints = line.taxBasisPoints
        tax = amount.money(line.taxMinor)
        gross = amount.money(line.net.minor + line.taxMinor)
    }
}

extension ChargePosted {
    /// INV-BILL-20: what an invoice says of it, whoever may read the invoice.
    fileprivate var neutralWords: String {
        switch kind {
        case .session: minutes > 0 ? "Professional services, \(minutes) min" : "Professional services"
        case .lateCancel: "Late cancellation"
        case .noShow: "Missed appointment"
        case .product: "Materials"
        case .report: "Report"
        case .admin, .unspecified, .UNRECOGNIZED: "Administrative services"
        }
    }
}
