import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import Timetable

extension Ageing: Query {
    public static let permission = Permission.viewBalances

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> AgeingAnswer {
        let page = try Page(after: hasAfter ? after : nil, limit: hasLimit ? limit : nil)
        let practice = try view.requirePractice(in: transaction)
        if hasPayer, try !view.payers.contains(payer, in: transaction) {
            throw Refusal.missing("payer", payer, field: "payer")
        }
        let today = try view.date(question.nowMs, practice)
        var total = AgeingSums()
        var shown: [(key: BalancesView.AccountKey, sums: AgeingSums)] = []
        var answer = AgeingAnswer()
        try view.openItems.scanAll(in: transaction) { key, item in
            let account = key.first
            if hasPayer, account.second != payer { return .next }
            let days = Int64(today.daysSinceEpoch) - key.second.first
            total.add(item.minor, daysPastDue: days)
            guard let first = page.first, account.first >= first, !answer.hasNext else { return .next }
            if shown.last?.key == account {
                shown[shown.count - 1].sums.add(item.minor, daysPastDue: days)
                return .next
            }
            if shown.count >= page.limit, let last = shown.last?.key.first, last != account.first {
                answer.next = last
                return .next
            }
            var sums = AgeingSums()
            sums.add(item.minor, daysPastDue: days)
            shown.append((account, sums))
            return .next
        }
        answer.rows = try shown.map { key, sums in
            var row = sums.row(practice.currency)
            row.account = try view.accountRow(key, question, in: transaction)
            return row
        }
        answer.total = total.row(practice.currency)
        answer.today = today.description
        return answer
    }
}

/// What is open, by days past due (domain.md 4.4), minor units.
struct AgeingSums {
    private var current: Int64 = 0
    private var to30: Int64 = 0
    private var to60: Int64 = 0
    private var to90: Int64 = 0
    private var more: Int64 = 0

    mutating func add(_ minor: Int64, daysPastDue days: Int64) {
        switch days {
        case ...0: current += minor
        case 1...30: to30 += minor
        case 31...60: to60 += minor
        case 61...90: to90 += minor
        default: more += minor
        }
    }

    func row(_ currency: String) -> AgeingRow {
        .with {
            $0.current = Money(current, currency)
            $0.days1To30 = Money(to30, currency)
            $0.days31To60 = Money(to60, currency)
            $0.days61To90 = Money(to90, currency)
            $0.days91AndMore = Money(more, currency)
            $0.open = Money(current + to30 + to60 + to90 + more, currency)
        }
    }
}
