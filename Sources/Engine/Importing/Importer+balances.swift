import Clinic
import Foundation
import Interchange
import Schema
import SwiftProtobuf

extension Importer {
    private static let balancePageMax = 200

    /// Brings in what rows say of money, in order of reference: of each whose appointment is on file, once.
    func bringMoney(_ rows: [Interchange.AppointmentRow]) throws {
        guard sheets.withMoney else { return }
        let asked = rows.compactMap { row in (try? row.money?.get()).map { (row: row, money: $0) } }
        applied.knownBalances = asked.count { known.balances[$0.row.reference] != nil }
        var ready: [(row: Interchange.AppointmentRow, money: RowMoney, appointment: UInt64)] = []
        for (row, money) in asked where known.balances[row.reference] == nil {
            guard let appointment = appointments[row.reference] else {
                leaveMoney(row, "its appointment was not imported")
                continue
            }
            ready.append((row, money, appointment))
        }
        for start in stride(from: 0, to: ready.count, by: Self.balancePageMax) {
            try progress(950 + start * 45 / ready.count, "fees and payments")
            let page = ready[start..<min(start + Self.balancePageMax, ready.count)]
            let commands = page.map { (command($0.money, $0.appointment) as any Command, Optional($0.row.reference)) }
            let outcomes = try deliver(commands) { self.applied.balances += $0 }
            for (next, outcome) in zip(page, outcomes) {
                switch outcome {
                case .success: applied.money.add(next.money)
                case .failure(let refusal): leaveMoney(next.row, refusal.reason)
                }
            }
        }
    }

    private func command(_ money: RowMoney, _ appointment: UInt64) -> ImportOpeningBalance {
        .with {
            $0.appointment = appointment
            $0.fee = amount(money.feeMinor)
            $0.paid = amount(money.paidMinor)
        }
    }

    private func amount(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = sheets.currency
        }
    }

    private func leaveMoney(_ row: Interchange.AppointmentRow, _ because: String) {
        applied.moneyLeft.append(
            ImportResult.Left(sheet: .appointments, reference: row.reference, because: because))
    }
}
