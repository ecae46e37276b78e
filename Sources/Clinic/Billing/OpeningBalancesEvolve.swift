import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    /// What was owed is paid as an invoice is, what was credit is used as a credit note is; a row that was settled before
    /// is neither.
    borrowing func evolve(_ event: OpeningBalanceImported, _ recorded: Recorded) throws {
        try take(event.number)
        try addToBooks(event.amount.minor)
        if event.amount.minor > 0 {
            let state = InvoiceState.with {
                $0.account = event.account
                $0.standing = .issued
                $0.number = event.number
                $0.issuedOn = event.asOf
                $0.dueOn = event.asOf
                $0.total = event.amount.minor
            }
            try putInvoice(recorded.position, state)
        } else if event.amount.minor < 0 {
            let state = CreditState.with {
                $0.kind = .openingBalance
                $0.account = event.account
                $0.amount = -event.amount.minor
            }
            try putCredit(recorded.position, state)
        }
        let state = OpeningBalanceState.with {
            $0.account = event.account
            $0.amount = event.amount.minor
            $0.source = event.source
            $0.fee = event.fee.minor
        }
        try tables.billing.openingBalances.put(recorded.position, state, in: transaction)
        try remember(event.source, .balance, recorded.position)
        try countImported(of: event.account.client, event.source, isMore: true)
        try found(.openingBalance, recorded)
    }

    borrowing func evolve(_ event: OpeningBalanceWithdrawn, _ recorded: Recorded) throws {
        let id = event.openingBalance
        let state = try openingBalance(id)
        if state.amount > 0 {
            try updateInvoice(id, recorded) { $0.standing = .void }
        } else if state.amount < 0 {
            try updateCredit(id, recorded) { $0.reversed = $0.amount }
        }
        try forget(state.source, .balance, id)
        try countImported(of: state.account.client, state.source, isMore: false)
        try change(id, .openingBalance, recorded)
    }

    borrowing func openingBalance(_ id: UInt64) throws -> OpeningBalanceState {
        guard let state = try tables.billing.openingBalances.get(id, in: transaction) else {
            throw Refusal.missing("opening balance", id, field: "balances")
        }
        return state
    }
}
