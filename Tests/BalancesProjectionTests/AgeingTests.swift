import BalancesProjection
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AgeingTests {
    private let book: CashBook

    /// It is 16 January 2026 in New York.
    init() throws {
        book = try CashBook()
        book.harness.nowMs = 1_768_590_000_000
    }

    /// not due, 1 to 30, 31 to 60, 61 to 90, more.
    private func told(_ row: AgeingRow) -> [Int64] {
        [
            row.current.minor, row.days1To30.minor, row.days31To60.minor, row.days61To90.minor,
            row.days91AndMore.minor,
        ]
    }

    @Test(arguments: [
        ("2027-01-01", 0), ("2026-01-16", 0), ("2026-01-15", 1), ("2025-12-17", 1), ("2025-12-16", 2),
        ("2025-11-17", 2), ("2025-11-16", 3), ("2025-10-18", 3), ("2025-10-17", 4), ("2020-01-01", 4),
    ])
    func `days are counted from the day on which it was due`(due: String, column: Int) throws {
        _ = try book.invoice(10_000, due: due)
        let answer = try book.harness.ask(Ageing())
        var expected = [0, 0, 0, 0, 0] as [Int64]
        expected[column] = 10_000
        #expect(answer.today == "2026-01-16")
        #expect(answer.rows.map(told) == [expected])
        #expect(told(answer.total) == expected && answer.total.open.minor == 10_000)
    }

    @Test func `what is paid or void is nobody's debt`() throws {
        let paid = try book.invoice(10_000)
        _ = try book.allocate(try book.payment(10_000), to: paid, 10_000)
        try book.void(try book.invoice(5_000))
        _ = try book.charge(3_000)
        let answer = try book.harness.ask(Ageing())
        #expect(answer.rows.isEmpty && answer.total.open.minor == 0)
    }

    @Test func `pages part no client, and the total is of all`() throws {
        _ = try book.invoice(100)
        _ = try book.invoice(200, payer: CashBook.payer)
        _ = try book.invoice(50, payer: CashBook.payer, due: "2025-01-01")
        _ = try book.invoice(400, client: CashBook.carl)
        let first = try book.harness.ask(Ageing.with { $0.limit = 1 })
        #expect(first.rows.map(\.open.minor) == [100, 250] && first.next == CashBook.cleo)
        #expect(first.total.open.minor == 750)
        let second = try book.harness.ask(
            Ageing.with {
                $0.limit = 1
                $0.after = first.next
            })
        #expect(second.rows.map(\.open.minor) == [400] && !second.hasNext)
        let fund = try book.harness.ask(Ageing.with { $0.payer = CashBook.payer })
        #expect(fund.rows.map(\.open.minor) == [250] && fund.total.open.minor == 250)
        #expect(try book.harness.ask(Ageing.with { $0.after = .max }).rows.isEmpty)
    }

    @Test func `who is no payer, and a limit out of bounds, are refused`() throws {
        let refusal = #expect(throws: Refusal.self) {
            try book.harness.ask(Ageing.with { $0.payer = CashBook.cleo })
        }
        #expect(refusal?.facts.field == "payer")
        for limit in [0, 1_001, UInt32.max] {
            let refusal = #expect(throws: Refusal.self) { try book.harness.ask(Ageing.with { $0.limit = limit }) }
            #expect(refusal?.facts.field == "limit")
        }
    }
}
