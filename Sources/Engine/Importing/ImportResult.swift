import Foundation
import Interchange

/// What an import found, and what it did.
struct ImportResult: Encodable, Sendable {
    var report: ImportReport
    /// Clients of the sheet who may be on file already, from elsewhere.
    var possiblyOnFile: [Note] = []
    var applied: Applied?
    /// Of a dry run alone.
    var wouldMake: WouldMake?
    /// What all owe and have; nil when money stays in the sheet.
    var books: Books?

    struct Books: Encodable, Sendable {
        var before: BooksTotal
        /// Absent from a dry run.
        var after: BooksTotal?
    }

    struct Applied: Encodable, Sendable {
        /// The import's id, by which it can be taken back; 0 until it is recorded.
        var id: UInt64 = 0
        var clients = 0
        var appointments = 0
        /// Rows that an earlier import of the same name brought already.
        var known = 0
        var staffAdded: [String] = []
        var locationsAdded: [String] = []
        var roomsAdded: [String] = []
        var servicesAdded: [String] = []
        /// Rows of which the fee and what was paid came in.
        var balances = 0
        var knownBalances = 0
        var money = Brought(currency: "")
        /// Rows of which the money is left although it could be read, each with why.
        var moneyLeft: [Left] = []
        /// Rows that are left, each with why.
        var left: [Left] = []
        /// Rows that are in, but not word for word.
        var notes: [Note] = []
    }

    /// Sums of what came in.
    struct Brought: Encodable, Sendable {
        var fees: MoneySum
        var paid: MoneySum
        var open: MoneySum
        var credit: MoneySum

        init(currency: String) {
            let nothing = MoneySum(minor: 0, currency: currency)
            (fees, paid, open, credit) = (nothing, nothing, nothing, nothing)
        }

        mutating func add(_ money: RowMoney) {
            fees += money.feeMinor
            paid += money.paidMinor
            open += max(0, money.feeMinor - money.paidMinor)
            credit += max(0, money.paidMinor - money.feeMinor)
        }
    }

    /// What the sheets name and the practice does not have.
    struct WouldMake: Encodable, Sendable {
        var staff: [String]
        var locations: [String]
        var rooms: [String]
        var services: [String]
        /// Rows of which the fee and what was paid would come in; absent when money stays in the sheet.
        var balances: Int?

        init(_ applied: Applied, balances: Int?) {
            self.balances = balances
            staff = applied.staffAdded
            locations = applied.locationsAdded
            rooms = applied.roomsAdded
            services = applied.servicesAdded
        }
    }

    struct Left: Encodable, Sendable {
        var sheet: SheetKind
        var reference: String
        var because: String
        /// Appointments on file that are in the way.
        var conflicts: [UInt64] = []
        /// Rows of the sheets that are in the way.
        var references: [String] = []
    }

    struct Note: Encodable, Sendable {
        var sheet: SheetKind
        var reference: String
        var note: String
    }

    func json() throws -> String { try JobResult.json(self) }
}

extension MoneySum {
    fileprivate static func += (sum: inout MoneySum, minor: Int64) {
        sum = MoneySum(minor: sum.minor + minor, currency: sum.currency)
    }
}
