import Clinic
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import TestKit
import Testing

@testable import Engine

/// Legal and illegal commands of every kind, at random: `tools/torture random` runs many of them.
@Suite struct RandomHistoryTests {
    private static func number(_ name: String, _ standard: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
    }

    @Test func `after any history every rule holds, and all that is derived equals its rebuild`() async throws {
        let seed = Self.number("DAYBOOK_SEED", .random(in: 0..<1_000_000))
        let steps = Int(Self.number("DAYBOOK_STEPS", 500))
        var random = SeededGenerator(seed: seed)
        let seeds = (0..<steps).map { _ in random.next() }
        print("seed \(seed), \(steps) steps")
        let lived = try await RandomHistory.live(seeds) { try KeptHistory.keep($0) }
        for line in lived.tally.lines { print(line) }
        print("outcomes \(lived.outcomes)")
        guard !lived.problems.isEmpty else {
            print("granted \(lived.tally.grants), refused \(lived.tally.refusals)")
            #expect(lived.tally.grants > lived.tally.refusals, "a history in which little happens proves little")
            return
        }
        // What came after the failure has no part in it.
        let least = try await shrunk(Array(seeds.prefix(lived.steps)), attemptsMax: 80) {
            try await RandomHistory.live($0).failure == lived.failure
        }
        let last = try await RandomHistory.live(least)
        Issue.record(
            "DAYBOOK_SEED=\(seed): \(lived.problems.prefix(5)); \(least.count) steps suffice: \(last.problems.prefix(2))"
        )
        for line in last.story { print("  \(line)") }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["DAYBOOK_KEPT"] != nil))
    func `a history that was kept elsewhere has the same digests here`() async throws {
        try await KeptHistory.compare()
    }

    @Test func `what gets past the engine's rules is found by the plain ones`() async throws {
        let house = try House()
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let id = try await engine.done(clinic.booking())
            #expect(PlainModel(try engine.records()).broken == [])
            guard case .scheduling(.appointmentBooked(let booked)) = try engine.recorded(id).event else { return }
            // The same once more, decided by nobody.
            let draft = Draft(booked, about: [Subject(.appointment, engine.log.size)])
            let second = await withCheckedContinuation { continuation in
                _ = engine.writer.queue.add(.event(draft, .system("test")) { continuation.resume(returning: $0) })
            }
            let both = "of \(try second.get()) (appointmentBooked \(try second.get()))"
            #expect(
                PlainModel(try engine.records()).broken == [
                    "INV-SCHED-03: therapist_overlap with \(id) \(both)",
                    "INV-SCHED-04: room_overlap with \(id) \(both)",
                    "INV-SCHED-05: client_overlap with \(id) \(both)",
                ])
        }
    }

    @Test func `money that gets past the engine's rules is found by the plain ones`() async throws {
        let house = try House()
        try await house.run { engine in
            let client = try await OpenClinic.found(in: engine).client
            try await engine.done(
                PostCharge.with {
                    $0.client = client
                    $0.kind = .report
                    $0.unit.minor = 1_000
                    $0.unit.currency = "EUR"
                    $0.remark = "For the court"
                })
            let invoice = try await engine.done(DraftInvoice.with { $0.client = client })
            try await engine.done(IssueInvoice.with { $0.invoice = invoice })
            let payment = try await engine.done(
                RecordPayment.with {
                    $0.client = client
                    $0.amount.minor = 5_000
                    $0.amount.currency = "EUR"
                    $0.method = .cash
                    $0.keepAsCredit = true
                })
            #expect(PlainModel(try engine.records()).broken == [])
            let event = PaymentAllocated.with {
                $0.payment = payment
                $0.invoice = invoice
                $0.account.client = client
                $0.amount.minor = 1_500
                $0.amount.currency = "EUR"
                $0.allocatedOn = "2026-03-02"
            }
            let draft = Draft(event, about: [Subject(.client, client)])
            let position = await withCheckedContinuation { continuation in
                _ = engine.writer.queue.add(.event(draft, .system("test")) { continuation.resume(returning: $0) })
            }
            let of = "(paymentAllocated \(try position.get()))"
            #expect(
                PlainModel(try engine.records()).broken == [
                    "INV-PAY-03: 1500 of 1000 \(of)", "INV-LEDG-04: what clients owe \(of)",
                ])
        }
    }

    @Test(arguments: Commands.all.indices)
    func `something can be made up for every field of a command, and somebody would send it`(_ index: Int) throws {
        let world = RandomWorld(nowMs: ManualClock.startMs)
        for seed in 0..<200 {
            var random = SeededGenerator(seed: UInt64(seed))
            _ = try RandomCommand(Commands.all[index], world, &random)
        }
        let name = Commands.all[index].name
        #expect(Sensible.weights[name] != nil, "teach Sensible to make up \(name)")
    }

    @Test func `a failure is shrunk to what it needs`() async throws {
        let least = try await shrunk(Array(0..<100), attemptsMax: 500) { $0.contains(17) && $0.contains(80) }
        #expect(least == [17, 80])
    }
}
