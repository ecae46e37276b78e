import DaybookClient
import Schema
import SwiftProtobuf

extension Desk {
    /// More invoices than these are counted and not named.
    private static let namedMax = 10

    /// Sends a command about money, and says what it paid, by the numbers that people know, and how the client stands then.
    /// The command is done even when that cannot be asked, and then not said.
    ///
    /// - Parameter client: whose account it is; nil where that need not be said.
    func settle(
        _ command: some Message, client id: UInt64? = nil, _ what: (Reply) -> String
    ) async throws {
        try await send(command) { reply in
            var lines = [what(reply) + "."]
            if reply.hasAllocated {
                lines.append("  On \(await numbers(of: reply.changed)): \(reply.allocated.shown).")
            } else if !reply.changed.isEmpty {
                lines.append("  Open again: \(await numbers(of: reply.changed)).")
            }
            if let id { lines += await standing(of: id) }
            return lines
        }
    }

    func settle(_ command: some Message, _ what: String, client id: UInt64) async throws {
        try await settle(command, client: id) { _ in what }
    }

    private func numbers(of invoices: [UInt64]) async -> String {
        guard invoices.count <= Self.namedMax else { return "\(invoices.count) invoices" }
        var numbers: [String] = []
        for id in invoices {
            let number = try? await client.ask(ShowInvoice.with { $0.invoice = id }).row.number
            numbers.append(number.flatMap { $0.isEmpty ? nil : $0 } ?? "invoice \(id)")
        }
        return numbers.joined(separator: ", ")
    }

    private func standing(of id: UInt64) async -> [String] {
        let rows = try? await client.ask(Balances.with { $0.client = id }).rows
        return (rows ?? []).map { row in
            let credit = row.credit.minor == 0 ? "" : ", credit \(row.credit.shown)"
            let whose = row.account.hasPayer ? " of \(row.account.payerName)" : ""
            return "  Open now\(whose): \(row.open.shown)\(credit)."
        }
    }
}
