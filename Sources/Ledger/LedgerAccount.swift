import Schema

/// The chart of accounts (domain.md 4.9). Whose money it is stands beside a posting, never in an account's name.
public enum LedgerAccount: Hashable, Sendable {
    case receivableClients, receivablePayers
    case clearing(PaymentMethod.Value)
    case clientCredit
    case tax(String)
    case services, lateCancelFees, noShowFees
    case contractualAdjustments, badDebt, courtesyAdjustments
    case openingBalances

    /// As `Assets:Clearing:Card`: letters, digits, colons and hyphens (INV-LEDG-05), and never the beginning of another
    /// account's name.
    public var name: String {
        switch self {
        case .receivableClients: "Assets:Receivable:Clients"
        case .receivablePayers: "Assets:Receivable:Payers"
        case .clearing(let method): "Assets:Clearing:\(Self.word(of: method))"
        case .clientCredit: "Liabilities:Client-Credit"
        case .tax(let code): "Liabilities:Tax:\(code)"
        case .services: "Income:Services"
        case .lateCancelFees: "Income:Late-Cancel-Fees"
        case .noShowFees: "Income:No-Show-Fees"
        case .contractualAdjustments: "Income:Contractual-Adjustments"
        case .badDebt: "Expenses:Bad-Debt"
        case .courtesyAdjustments: "Expenses:Courtesy-Adjustments"
        case .openingBalances: "Equity:Opening-Balances"
        }
    }

    private static func word(of method: PaymentMethod.Value) -> String {
        switch method {
        case .cash: "Cash"
        case .card: "Card"
        case .cheque: "Cheque"
        case .transfer: "Transfer"
        case .directDebit: "Direct-Debit"
        case .other, .unspecified, .UNRECOGNIZED: "Other"
        }
    }
}

extension LedgerAccount {
    /// What an account of this kind owes.
    static func receivable(of account: Account) -> LedgerAccount {
        account.hasPayer ? .receivablePayers : .receivableClients
    }

    static func income(of kind: ChargeKind.Value) -> LedgerAccount {
        switch kind {
        case .lateCancel: .lateCancelFees
        case .noShow: .noShowFees
        case .session, .product, .report, .admin, .unspecified, .UNRECOGNIZED: .services
        }
    }

    static func loss(for reason: WriteOffReason.Value) -> LedgerAccount {
        switch reason {
        case .contractual: .contractualAdjustments
        case .smallBalance, .courtesy: .courtesyAdjustments
        case .badDebt, .bankruptcy, .deceased, .unspecified, .UNRECOGNIZED: .badDebt
        }
    }
}
