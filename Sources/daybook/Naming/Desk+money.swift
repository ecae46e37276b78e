import DaybookClient
import Schema
import SwiftProtobuf

extension Desk {
    /// An invoice by its id or number.
    func invoice(_ text: String) async throws -> UInt64 {
        if let id = UInt64(text) { return id }
        return try await client.ask(ShowInvoice.with { $0.number = text.uppercased() }).row.id
    }

    /// An amount in the practice's currency, as `120` or `120.00`.
    func amount(_ text: String) async throws -> Money {
        try Money(amount: text, currency: try await practice().caller.currency)
    }

    /// Who pays: an id, for a payer has no number and its name is in the list of none.
    func payer(_ text: String) throws -> UInt64 {
        guard let id = UInt64(text) else { throw UsageError("“\(text)” is no payer's id. DefinePayer answers it.") }
        return id
    }

    /// What a payment is for, as `INV-2026-000001` or `INV-2026-000001=50.00`.
    func allocation(_ text: String) async throws -> AllocationRequest {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let number = parts.first else { throw UsageError("“\(text)” names no invoice.") }
        var request = AllocationRequest()
        request.invoice = try await invoice(number)
        if parts.count == 2 { request.amount = try await amount(parts[1]) }
        return request
    }
}
