import LMDBKit
import Schema

/// The series that documents are numbered in (INV-BILL-04): gapless, each number taken in the commit that issues it.
enum DocumentNumber {
    case invoice(year: Int)
    case creditNote(year: Int)
    case payment, refund, writeOff, openingBalance

    /// As `INV-2026` or `PAY`.
    var series: String {
        switch self {
        case .invoice(let year): "INV-\(year)"
        case .creditNote(let year): "CN-\(year)"
        case .payment: "PAY"
        case .refund: "RFD"
        case .writeOff: "WO"
        case .openingBalance: "OB"
        }
    }

    /// `INV-2026-000001`, and a digit more when a million is not enough.
    static func text(_ series: String, _ count: UInt64) -> String {
        let digits = String(count)
        return series + "-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Series and count; nil when it is no such number, which a recorded one never is.
    static func parts(_ number: String) -> (series: String, count: UInt64)? {
        guard let dash = number.lastIndex(of: "-"), let count = UInt64(number[number.index(after: dash)...]) else {
            return nil
        }
        return (String(number[..<dash]), count)
    }
}

extension ClinicState {
    /// The number that the next document of a series gets.
    borrowing func next(_ number: DocumentNumber) throws -> String {
        let last = try tables.billing.counters.get(number.series, in: transaction)?.id ?? 0
        return DocumentNumber.text(number.series, last + 1)
    }
}
