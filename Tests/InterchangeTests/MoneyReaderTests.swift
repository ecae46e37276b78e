import Testing

@testable import Interchange

/// What rows say of money.
@Suite struct MoneyReaderTests {
    private func reader(
        _ currency: String = "USD", digits: Int = 2, _ declared: [String: String] = [:]
    ) throws -> MoneyReader {
        MoneyReader(currency: currency, fractionDigits: digits, words: try PaymentWords(declared: declared))
    }

    private func read(
        _ fee: String, _ payment: String, _ status: AppointmentStatus = .attended, currency: String = "USD",
        digits: Int = 2, _ declared: [String: String] = [:]
    ) throws -> RowMoney? {
        let price = fee.isEmpty ? nil : try Price(fee, fractionDigits: digits)
        return try reader(currency, digits: digits, declared).read(price: price, payment: payment, status)
    }

    @Test(arguments: [
        ("120", "paid", 12_000, 12_000), ("120", "Unpaid", 12_000, 0), ("$120.00", "60", 12_000, 6_000),
        ("120", "USD 150.00", 12_000, 15_000), ("120", "0", 12_000, 0), ("120", "Paid in full", 12_000, 12_000),
        ("0", "paid", 0, 0), ("1,200.00", "1,000", 120_000, 100_000),
    ])
    func `a fee and what was paid of it are read`(fee: String, payment: String, feeMinor: Int64, paid: Int64) throws {
        #expect(try read(fee, payment) == RowMoney(feeMinor: feeMinor, paidMinor: paid))
    }

    @Test(arguments: [
        ("120", "sometimes", AppointmentColumn.payment, BadMoney.Reason.unknownWord),
        ("120", "", .payment, .saysNothing), ("", "paid", .price, .noFee), ("", "60", .price, .noFee),
        ("120", "-60", .payment, .noAmount(.negativePrice)), ("120", "60.005", .payment, .noAmount(.priceDecimals)),
        ("120", "60 of 120", .payment, .noAmount(.priceNotANumber)),
        ("120", "99999999999999", .payment, .noAmount(.priceTooLarge)),
        ("€120", "paid", .price, .otherCurrency(than: "USD")), ("120", "60 GBP", .payment, .otherCurrency(than: "USD")),
        ("120 ¤", "paid", .price, .otherCurrency(than: "USD")),
    ])
    func `what cannot be is left, by its column and a reason that repeats no cell`(
        fee: String, payment: String, column: AppointmentColumn, reason: BadMoney.Reason
    ) throws {
        let error = #expect(throws: BadMoney.self) { try read(fee, payment) }
        #expect(error == BadMoney(column: column, reason: reason))
        #expect(error?.reason.description.isEmpty == false && error?.reason.description.contains("60") == false)
    }

    @Test(arguments: [("12.5", "JPY", 0), ("1.2345", "KWD", 3), ("12.345", "USD", 2)])
    func `an amount has no more decimals than its currency`(payment: String, currency: String, digits: Int) throws {
        let error = #expect(throws: BadMoney.self) {
            try read("1", payment, currency: currency, digits: digits)
        }
        #expect(error?.reason == .noAmount(.priceDecimals))
    }

    @Test func `three decimals are an amount where the currency has them`() throws {
        #expect(try read("1.5", "1.234", currency: "KWD", digits: 3) == RowMoney(feeMinor: 1_500, paidMinor: 1_234))
    }

    @Test func `what was cancelled or missed owes what the sheet says is unpaid, and else nothing`() throws {
        for status in [AppointmentStatus.cancelled, .lateCancelled, .noShow] {
            #expect(try read("120", "", status) == nil)
            #expect(try read("120", "unpaid", status) == RowMoney(feeMinor: 12_000, paidMinor: 0))
        }
        #expect(try read("120", "waived") == nil && read("0", "") == nil && read("", "") == nil)
    }

    @Test func `what is still to come owes nothing yet, and what was paid for it is paid ahead`() throws {
        #expect(try read("120", "unpaid", .booked) == nil && read("120", "", .booked) == nil)
        #expect(try read("120", "paid", .booked) == RowMoney(feeMinor: 0, paidMinor: 12_000))
        #expect(try read("", "50", .booked) == RowMoney(feeMinor: 0, paidMinor: 5_000))
    }

    @Test func `declared words go before the usual ones, and unknown meanings are refused`() throws {
        let declared = ["Insurer": "paid", "done": "unpaid"]
        #expect(try read("120", "insurer", .attended, declared) == RowMoney(feeMinor: 12_000, paidMinor: 12_000))
        #expect(try read("120", "Done", .attended, declared) == RowMoney(feeMinor: 12_000, paidMinor: 0))
        #expect(throws: ImportRefusal.unknownPaymentName(name: "later", known: ["paid", "unpaid", "waived"])) {
            try PaymentWords(declared: ["x": "later"])
        }
    }

    @Test func `the sums of the rows can be held beside the sheet's own`() throws {
        let header = "Ref,Client,Therapist,Date,Start,Minutes,Status,Fee,Paid?\n"
        var text = header
        for (index, (status, fee, paid)) in [
            ("attended", "120.00", "yes"), ("attended", "120.00", "no"), ("attended", "80", "100"),
            ("no show", "120", ""), ("attended", "50", "perhaps"), ("attended", "ten", "yes"),
        ].enumerated() {
            text += "A\(index),C1,Dr Kay,2025-03-0\(index + 1),09:00,50,\(status),\(fee),\(paid)\n"
        }
        var source = try Small.source(
            appointments: text, mapping: MappingFile(appointments: ["payment": "Paid?"]))
        source.moneyIn = "EUR"
        let report = try ImportReading(source).report
        let money = try #require(report.money)
        #expect(money.rows == 3 && money.notAskedRows == 1 && money.notAsked.minor == 12_000)
        let minors = [money.fees, money.paid, money.open, money.credit].map(\.minor)
        #expect(minors == [32_000, 22_000, 12_000, 2_000])
        #expect(
            money.left.map(\.reference) == ["A4"] && money.left.first?.column == "Paid?" && money.left.first?.line == 6)
        #expect(report.badRows.map(\.name) == ["A5"])
        #expect(report.text().contains("Money that is left: 1"))
        source.moneyIn = nil
        let without = try ImportReading(source).report
        #expect(without.money == nil && without.moneyLeftOut == ["Fee", "Paid?"])
    }
}
