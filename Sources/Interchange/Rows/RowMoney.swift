/// What a row asks for, and what it says was paid of it, in minor units.
public struct RowMoney: Sendable, Hashable {
    /// 0 where nothing is due yet.
    public let feeMinor: Int64
    public let paidMinor: Int64
}

/// Why what a row says of money is left, although the row can be read.
public struct BadMoney: Error, Sendable, Hashable {
    public let column: AppointmentColumn
    public let reason: Reason

    public enum Reason: Error, Sendable, Hashable {
        case saysNothing
        case noFee
        case unknownWord
        case noAmount(BadReason)
        case otherCurrency(than: String)
    }
}

extension BadMoney.Reason: CustomStringConvertible {
    /// Never what a cell says.
    public var description: String {
        switch self {
        case .saysNothing: "does not say whether the fee was paid; write paid, unpaid, waived, or how much was paid"
        case .noFee: "no fee, although something is said of its payment"
        case .unknownWord: "neither an amount nor a known word; say what it means under payments in the mapping"
        case .noAmount(.negativePrice): "negative amount"
        case .noAmount(.priceTooLarge): "amount is too large"
        case .noAmount(.priceDecimals): "amount has too many decimals, or a mark between thousands that could be one"
        case .noAmount: "not an amount"
        case .otherCurrency(let currency): "in another currency than \(currency)"
        }
    }
}

/// Reads what rows say of money.
struct MoneyReader: Sendable {
    /// The clinic's, ISO 4217.
    let currency: String
    let fractionDigits: Int
    let words: PaymentWords

    /// Nil for a row from which nothing follows: nothing is asked for, or not before the session was held.
    func read(price: Price?, payment: String, _ status: AppointmentStatus) throws(BadMoney) -> RowMoney? {
        try check(price, .price)
        let cell: PaymentCell
        do throws(BadMoney.Reason) {
            cell = try words.read(payment, fractionDigits: fractionDigits)
        } catch {
            throw BadMoney(column: .payment, reason: error)
        }
        let isDue = status != .booked
        switch cell {
        case .waived: return nil
        case .silent:
            // What was cancelled or missed and is not said to be unpaid was not asked for.
            guard status == .attended, let price, price.minorUnits > 0 else { return nil }
            throw BadMoney(column: .payment, reason: .saysNothing)
        case .unpaid:
            let fee = try fee(price)
            return isDue ? RowMoney(feeMinor: fee, paidMinor: 0) : nil
        case .paid:
            let fee = try fee(price)
            return RowMoney(feeMinor: isDue ? fee : 0, paidMinor: fee)
        case .amount(let paid):
            try check(paid, .payment)
            return RowMoney(feeMinor: isDue ? try fee(price) : 0, paidMinor: paid.minorUnits)
        }
    }

    private func fee(_ price: Price?) throws(BadMoney) -> Int64 {
        guard let price else { throw BadMoney(column: .price, reason: .noFee) }
        return price.minorUnits
    }

    private func check(_ price: Price?, _ column: AppointmentColumn) throws(BadMoney) {
        guard let mark = price?.currencyMark, !CurrencyMark.isOf(currency, mark: mark) else { return }
        throw BadMoney(column: column, reason: .otherCurrency(than: currency))
    }
}
