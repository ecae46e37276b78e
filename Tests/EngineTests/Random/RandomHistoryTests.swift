import Clinic
import EventStore
import Foundation
import Schema
import TestKit
import Testing
import Timetable

@testable import Engine

/// Legal and illegal commands of every kind, at random: `tools/torture random` runs many of them.
@Suite struct RandomHistoryTests {
    private static func number(_ name: String, _ standard: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
    }

    @Test func `after any history every rule holds, and all that is derived equals its rebuild`() async throws {
        let seed = Self.number("DAYBOOK_SEED", .random(in: 0..<1_000_000))
        let steps = Int(Self.number("DAYBOOK_STEPS", 600))
        var random = SeededGenerator(seed: seed)
        let seeds = (0..<steps).map { _ in random.next() }
        print("seed \(seed), \(steps) steps")
        let (problems, granted) = try await RandomHistory.problems(of: seeds)
        guard !problems.isEmpty else {
            print("granted: \(granted.values.reduce(0, +)) of \(granted.count) kinds: \(granted)")
            // A history in which nothing happens proves nothing.
            #expect(granted.values.reduce(0, +) > steps / 20)
            return
        }
        let least = try await shrunk(seeds, attemptsMax: 60) {
            try await !RandomHistory.problems(of: $0).problems.isEmpty
        }
        Issue.record("DAYBOOK_SEED=\(seed): \(problems.prefix(5)); after these steps alone: \(least)")
    }

    @Test func `what gets past the engine's rules is found by the plain ones`() async throws {
        let house = try House()
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let id = try await engine.done(clinic.booking())
            #expect(PlainModel(try engine.records()).clashes == [])
            guard case .scheduling(.appointmentBooked(let booked)) = try engine.recorded(id).event else { return }
            // The same once more, decided by nobody.
            let draft = Draft(booked, about: [Subject(.appointment, engine.log.size)])
            let second = await withCheckedContinuation { continuation in
                _ = engine.writer.queue.add(.event(draft, .system("test")) { continuation.resume(returning: $0) })
            }
            let pair = [id, try second.get()]
            let model = PlainModel(try engine.records())
            #expect(model.clashes == ["INV-SCHED-03: \(pair)", "INV-SCHED-04: \(pair)"])
            #expect(model.broken == ["INV-SCHED-05: \(pair[1]) in room \(clinic.room)"])
        }
    }

    @Test(arguments: Commands.all.indices)
    func `something can be made up for every field of a command`(_ index: Int) throws {
        let world = RandomWorld(now: try #require(.init(iso: "2026-03-02T10:00")))
        for seed in 0..<200 {
            var random = SeededGenerator(seed: UInt64(seed))
            _ = try RandomCommand(Commands.all[index], world, &random)
        }
    }

    @Test func `a failure is shrunk to what it needs`() async throws {
        let least = try await shrunk(Array(0..<100), attemptsMax: 500) { $0.contains(17) && $0.contains(80) }
        #expect(least == [17, 80])
    }
}
