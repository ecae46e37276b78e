import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension BalancesView {
    func found(_ event: ChargePosted, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        var state = ChargeState()
        state.posted = event
        state.posted.clearRemark()
        state.standing = .pending
        try view.put(chargesOfClient, Pair(event.client, recorded.position), Mark())
        if event.line.hasTaxCode, let tax = try tax(event.line.taxCode, on: event.serviceDate, view) {
            try view.put(taxOfCharge, recorded.position, tax)
        }
        var change = Change(recorded.position)
        try put(recorded.position, state, before: nil, &change, view)
        return change
    }

    /// The rate of a code that is in force on a date, YYYY-MM-DD.
    private func tax(_ code: String, on date: String, _ view: ViewWriter) throws -> TaxCodeDefined? {
        try view.rows(taxes, prefix: "\(code) ").last { $0.row.effectiveFrom <= date }?.row
    }

    func change(charge id: UInt64, _ view: ViewWriter, _ update: (inout ChargeState) -> Void) throws -> Change {
        var change = Change(id)
        try self.update(charge: id, &change, view, update)
        return change
    }

    func update(
        charge id: UInt64, _ change: inout Change, _ view: ViewWriter, _ update: (inout ChargeState) -> Void
    ) throws {
        guard let before = try view.get(charges, id) else {
            throw ProjectionError.missingRow(table: charges.raw.name)
        }
        var state = before
        update(&state)
        try put(id, state, before: before, &change, view)
    }

    private func put(
        _ id: UInt64, _ state: ChargeState, before: ChargeState?, _ change: inout Change, _ view: ViewWriter
    ) throws {
        try view.put(charges, id, state)
        if state.isUninvoiced {
            try view.put(uninvoiced, id, Mark())
        } else if before?.isUninvoiced == true {
            try view.delete(uninvoiced, id)
        }
        // Who will pay is known when it is on an invoice; until then it is the client's own.
        change.add(.with { $0.client = state.posted.client }) {
            if let before { $0.add(before, sign: -1) }
            $0.add(state, sign: 1)
        }
    }
}

extension ChargeState {
    /// It owes nothing yet.
    var isUninvoiced: Bool { standing == .pending || standing == .drafted }

    /// A suggestion until somebody puts it on an invoice.
    var isProposal: Bool { standing == .pending && posted.proposed }

    var grossMinor: Int64 { posted.line.grossMinor }
}

extension ChargeLine {
    /// With tax as an invoice has it, rounded once for the line.
    var grossMinor: Int64 {
        net.minor + (hasTaxCode ? Cents.share(net.minor, basisPoints: taxBasisPoints) : 0)
    }
}

extension AccountSums {
    fileprivate mutating func add(_ charge: ChargeState, sign: Int64) {
        guard charge.isUninvoiced else { return }
        if charge.isProposal {
            proposed += sign * charge.grossMinor
        } else {
            uninvoiced += sign * charge.grossMinor
        }
    }
}
