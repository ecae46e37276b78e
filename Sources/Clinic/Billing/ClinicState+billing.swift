import LMDBKit
import Schema
import Timetable

/// What was founded, by id; each refuses an id of another kind by naming the field.
extension ClinicState {
    borrowing func payer(_ id: UInt64, field: String = "payer") throws -> PayerDefined {
        guard let found = try tables.billing.payers.get(id, in: transaction) else {
            throw Refusal.missing("payer", id, field: field)
        }
        return found
    }

    borrowing func charge(_ id: UInt64, field: String = "charge") throws -> ChargeState {
        guard let found = try tables.billing.charges.get(id, in: transaction) else {
            throw Refusal.missing("charge", id, field: field)
        }
        return found
    }

    borrowing func invoice(_ id: UInt64, field: String = "invoice") throws -> InvoiceState {
        guard let found = try tables.billing.invoices.get(id, in: transaction) else {
            throw Refusal.missing("invoice", id, field: field)
        }
        return found
    }

    /// A payment, a credit note, or credit from the books before these.
    borrowing func credit(_ id: UInt64, field: String = "creditNote") throws -> CreditState {
        guard let found = try tables.billing.credits.get(id, in: transaction) else {
            throw Refusal.missing(field == "payment" ? "payment" : "credit", id, field: field)
        }
        return found
    }

    borrowing func allocation(_ id: UInt64) throws -> AllocationState {
        guard let found = try tables.billing.allocations.get(id, in: transaction) else {
            throw Refusal.missing("allocation", id, field: "allocation")
        }
        return found
    }

    borrowing func writeOff(_ id: UInt64) throws -> WriteOffState {
        guard let found = try tables.billing.writeOffs.get(id, in: transaction) else {
            throw Refusal.missing("write-off", id, field: "writeOff")
        }
        return found
    }

    /// The charges that an appointment has led to, in order, whatever became of them.
    borrowing func charges(ofAppointment id: UInt64) throws -> [(id: UInt64, state: ChargeState)] {
        var ids: [UInt64] = []
        try tables.billing.chargesOfAppointment.scan(prefix: id, in: transaction) { _, row in
            ids.append(row.id)
            return .next
        }
        return try ids.map { ($0, try charge($0)) }
    }

    /// The rate of a tax code on a date, basis points; nil before its first.
    borrowing func taxRate(of code: String, on date: LocalDate) throws -> TaxCodeDefined? {
        let rates = try tables.billing.taxCodes.get(code, in: transaction)?.rates ?? []
        // Of two from the same date the later recorded holds; ISO dates sort as text.
        return rates.enumerated().filter { $0.element.effectiveFrom <= date.description }
            .max { ($0.element.effectiveFrom, $0.offset) < ($1.element.effectiveFrom, $1.offset) }?.element
    }
}
