import DaybookClient
import Schema
import SwiftProtobuf

extension Desk {
    /// An invoice by its id or number.
    func invoice(_ text: String) async throws -> UInt64 {
        if let id = UInt64(text) { return id }
        let number = text.uppercased()
        let row = try await client.ask(ShowInvoice.with { $0.number = number }).row
        // Asked for a credit note, the daemon shows its invoice; nothing is done to that by mistake.
        guard row.number == number else {
            throw UsageError("\(number) is a credit note of \(row.number), and no invoice.")
        }
        return row.id
    }

    /// A payment, a credit note, or credit of the books before these, by its number or id.
    func credit(_ text: String) async throws -> PaymentRow {
        var query = ListPayments()
        if let id = UInt64(text) { query.id = id } else { query.number = text.uppercased() }
        guard let row = try await client.ask(query).rows.first else {
            throw UsageError(
                "There is no payment and no credit note “\(text)”. Those on file: daybook payment list CLIENT")
        }
        return row
    }

    /// A payment by its number or id.
    func payment(_ text: String) async throws -> PaymentRow {
        let row = try await credit(text)
        guard row.kind == "payment" else {
            throw UsageError("\(row.number) is no payment but a \(row.kind.spaced), which is not reversed.")
        }
        return row
    }

    /// What is on a draft, as of when the draft was asked for.
    func charges(of draft: InvoiceRow) async throws -> [ChargeRow] {
        var query = ListCharges.with {
            $0.client = draft.account.client
            $0.limit = 1_000
        }
        let asOf = try await asOf()
        var rows: [ChargeRow] = []
        while true {
            let answer = try await client.ask(query, asOf: asOf)
            rows += answer.rows.filter { draft.charges.contains($0.id) }
            guard answer.hasNext else { return rows }
            query.after = answer.next
        }
    }

    /// An amount in the practice's currency, as `120` or `120.00`.
    func amount(_ text: String) async throws -> Money {
        try Money(amount: text, currency: try await practice().caller.currency)
    }

    /// Who pays: an organisation by its id, its name, or part of it.
    func payer(_ text: String) async throws -> UInt64 {
        if let id = UInt64(text) { return id }
        let rows = try await client.ask(ListPayers()).rows
        let candidates = rows.map { Candidate(id: $0.id, label: "\($0.id)  \($0.name)", names: [$0.name]) }
        let found = NameMatch.find(text, among: candidates)
        if found.count == 1 { return found[0].id }
        guard !rows.isEmpty else {
            throw UsageError("No organisation is on file that pays for clients. Define one: daybook payer add NAME")
        }
        throw UsageError(
            found.isEmpty
                ? "There is no payer “\(text)”. These are on file:"
                : "“\(text)” may be any of these. Say more of the name, or the id.",
            choices: (found.isEmpty ? candidates : found).map(\.label))
    }

    /// What a payment is for, as `INV-2026-000001` or `INV-2026-000001=50.00`.
    func allocation(_ text: String) async throws -> AllocationRequest {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else {
            throw UsageError("“\(text)” is no invoice. Write it as INV-2026-000001, or INV-2026-000001=50.00.")
        }
        var request = AllocationRequest()
        request.invoice = try await invoice(parts[0])
        if parts.count == 2 { request.amount = try await amount(parts[1]) }
        return request
    }
}
