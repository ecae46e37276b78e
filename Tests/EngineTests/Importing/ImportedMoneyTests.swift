import Clinic
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

/// Fees and payments of the sheets of before.
@Suite struct ImportedMoneyTests {
    private let house: House

    init() throws { house = try House() }

    /// Owes 120 + 60, has 30; one row is left, one asks for nothing.
    private var sheets: OldSheets {
        var sheets = OldSheets.one
        sheets.client("C2", "Bo")
        sheets.appointment("A1", fee: "120.00", payment: "paid")
        sheets.appointment("A2", at: "10:00", fee: "120.00", payment: "unpaid")
        sheets.appointment("A3", at: "11:00", fee: "120.00", payment: "60.00")
        sheets.appointment("A4", of: "C2", at: "12:00", fee: "120.00", payment: "150")
        sheets.appointment("A5", of: "C2", at: "13:00", status: "no show", fee: "120.00")
        sheets.appointment("A6", of: "C2", at: "14:00", fee: "120.00", payment: "by the insurer")
        return sheets
    }

    private func bring(
        _ sheets: OldSheets, in engine: ClinicEngine, source: String = "sheets", _ more: String = ""
    ) async throws -> (finding: ImportFinding, text: String) {
        let open = String(decoding: try sheets.request(source: source).dropLast(), as: UTF8.self)
        let job = try await engine.ended(.import, Array((open + #","withMoney":true\#(more)}"#).utf8))
        try #require(job.state == .done, "\(job.problem?.detail ?? "no problem told")")
        let text = try #require(job.result)
        return (try JSONDecoder().decode(ImportFinding.self, from: Data(text.utf8)), text)
    }

    /// What all owe and have, minor units.
    private func total(_ engine: ClinicEngine) throws -> [Int64] {
        let total = try JSONEncoder().encode(BooksTotal(engine, currency: "EUR"))
        return try JSONDecoder().decode(ImportFinding.Total.self, from: total).minors
    }

    private func openings(_ engine: ClinicEngine) throws -> [String: OpeningBalanceImported] {
        var found: [String: OpeningBalanceImported] = [:]
        for recorded in try engine.records() {
            guard case .billing(.openingBalanceImported(let event)) = recorded.event else { continue }
            found[event.source.reference] = event
        }
        return found
    }

    @Test func `each row brings its fee and what was paid; the difference is owed, or is credit`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let (finding, text) = try await bring(sheets, in: engine)
            let applied = finding.applied
            #expect(applied.appointments == 6 && applied.balances == 4 && applied.moneyLeft.isEmpty)
            #expect(applied.money.minors == [48_000, 33_000, 18_000, 3_000])
            #expect(finding.books?.before.minors == [0, 0] && finding.books?.after?.minors == [18_000, 3_000])
            let events = try openings(engine)
            #expect(events.mapValues(\.amount.minor) == ["A1": 0, "A2": 12_000, "A3": 6_000, "A4": -3_000])
            #expect(events["A3"]?.fee.minor == 12_000 && events["A3"]?.paid.minor == 6_000)
            #expect(events["A3"]?.asOf == "2026-02-02")
            #expect(events.values.map(\.number).sorted() == (1...4).map { "OB-00000\($0)" })
            #expect(try engine.imported()["A3"]?.recorded.position == events["A3"]?.appointment)
            // The row that is left is named by its reference, line and column.
            #expect(text.contains(#""column":"Payment","line":7,"reference":"A6","sheet":"appointments""#), "\(text)")
            #expect(text.contains(#""not_asked":{"currency":"EUR","minor":12000},"not_asked_rows":1"#), "\(text)")
            #expect(!text.contains("insurer"))
            _ = try engine.stateDigest()
            _ = try engine.viewDigests()
        }
    }

    @Test func `repeated, it doubles nothing, and brings what was mended`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            _ = try await bring(sheets, in: engine)
            let size = engine.log.size
            let again = try await bring(sheets, in: engine).finding
            #expect(again.applied.balances == 0 && again.applied.knownBalances == 4)
            #expect(again.books?.before == again.books?.after && engine.log.size == size + 1)
            let mended = #","mapping":"{\"payments\":{\"by the insurer\":\"paid\"}}""#
            let last = try await bring(sheets, in: engine, mended).finding
            #expect(last.applied.balances == 1 && last.applied.money.minors == [12_000, 12_000, 0, 0])
        }
    }

    @Test func `rows that came in without their money get it later`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let first = try await engine.bringIn(sheets)
            #expect(first.balances == 0 && first.appointments == 6)
            #expect(try openings(engine).isEmpty)
            let second = try await bring(sheets, in: engine).finding
            #expect(second.applied.balances == 4 && second.applied.appointments == 0)
        }
    }

    @Test func `without being asked for it, money stays in the sheet, and the report says so`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let job = try await engine.ended(.import, sheets.request())
            let text = try #require(job.result)
            #expect(text.contains(#""money_left_out":["Fee","Payment"]"#) && !text.contains(#""books""#), "\(text)")
        }
    }

    @Test func `a dry run says what would come, and changes nothing`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let size = engine.log.size
            let open = String(decoding: try sheets.request().dropLast(), as: UTF8.self)
            let job = try await engine.ended(.import, Array((open + #","withMoney":true,"dryRun":true}"#).utf8))
            let text = try #require(job.result)
            #expect(text.contains(#""balances":4"#) && text.contains(#""fees":{"currency":"EUR","minor":48000}"#))
            #expect(text.contains(#""open":{"currency":"EUR","minor":18000}"#) && engine.log.size == size, "\(text)")
        }
    }

    @Test func `what nobody has paid or used since is taken back whole, and can come again`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            for _ in 0..<2 {
                let applied = try await bring(sheets, in: engine).finding.applied
                #expect(
                    try await engine.takeBack(applied.id) == TakenBack(appointments: 6, clients: 2, balances: 4))
                #expect(try await engine.takeBack(applied.id) == TakenBack(appointments: 0, clients: 0))
            }
            #expect(try total(engine) == [0, 0])
            _ = try engine.stateDigest()
            _ = try engine.viewDigests()
        }
    }

    @Test func `what was paid or used since stays, with its appointment and its client`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let id = try await bring(sheets, in: engine).finding.applied.id
            let client = try #require(try engine.registered()["C1"]).id
            try await engine.done(
                RecordPayment.with {
                    $0.client = client
                    $0.amount.minor = 1_000
                    $0.amount.currency = "EUR"
                    $0.method = .cash
                })
            let back = try await engine.takeBack(id)
            #expect(
                back
                    == TakenBack(
                        appointments: 5, clients: 1, balances: 3, keptBalances: ["A2"], keptAppointments: ["A2"],
                        keptClients: ["C1"]))
            #expect(try total(engine) == [11_000, 0])
        }
    }

    @Test func `a row that was left leaves its money, and says so`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            sheets.appointment("A1", fee: "120.00", payment: "unpaid")
            sheets.appointment("A2", at: "09:30", fee: "120.00", payment: "unpaid")
            let applied = try await bring(sheets, in: engine).finding.applied
            #expect(applied.balances == 1 && applied.moneyLeft.map(\.reference) == ["A2"])
            #expect(applied.moneyLeft.first?.because == "its appointment was not imported")
        }
    }

    @Test func `what was paid ahead is credit, and what is still to come owes nothing`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            sheets.appointment("A1", on: "2026-04-01", status: "booked", fee: "120.00", payment: "paid")
            sheets.appointment("A2", on: "2026-04-02", status: "booked", fee: "120.00", payment: "unpaid")
            let finding = try await bring(sheets, in: engine).finding
            #expect(finding.applied.balances == 1 && finding.books?.after?.minors == [0, 12_000])
        }
    }

    @Test func `a session that was charged in the books before is not charged again, nor a mistake while it is owed`()
        async throws
    {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            sheets.appointment("A1", fee: "120.00", payment: "unpaid")
            _ = try await bring(sheets, in: engine)
            let appointment = try #require(try engine.imported()["A1"]).recorded.position
            let post = PostCharge.with {
                $0.appointment = appointment
                $0.unit.minor = 12_000
                $0.unit.currency = "EUR"
                $0.remark = "Once more"
            }
            #expect(try await engine.send(post, by: user()).refused().rule == "INV-BILL-06")
            let mistake = MarkEnteredInError.with {
                $0.appointment = appointment
                $0.reason = "Another client"
            }
            #expect(try await engine.send(mistake, by: user()).refused().rule == "INV-SCHED-26")
            let owed = try #require(
                try engine.records().first {
                    if case .billing(.openingBalanceImported) = $0.event { true } else { false }
                }
            ).position
            try await engine.done(
                WriteOffBalance.with {
                    $0.invoice = owed
                    $0.reason = .courtesy
                })
            try await engine.done(mistake)
        }
    }
}
