import LMDBKit
import Schema

/// Every sum over the books stays far within 64 bits, whatever is asked: all that is ever invoiced, paid or brought over
/// is together at most 10^17 minor units, which is a hundred thousand invoices of the greatest amount.
enum BooksLimit {
    static let maxMinor: UInt64 = 100_000_000_000_000_000
    static let counter = "books"

    static func require(_ amountMinor: Int64, _ state: borrowing ClinicState, field: String) throws {
        guard try state.booksMinor() + amountMinor.magnitude <= maxMinor else {
            throw Refusal.rule(
                "INV-LEDG-01", "The books cannot hold this",
                "All invoices and payments together would be more than the books can hold. Look for a wrong amount."
            )
            .with { $0.field = field }
        }
    }
}

extension ClinicState {
    /// All that was ever invoiced, paid or brought over, minor units.
    borrowing func booksMinor() throws -> UInt64 {
        try tables.billing.counters.get(BooksLimit.counter, in: transaction)?.id ?? 0
    }
}
