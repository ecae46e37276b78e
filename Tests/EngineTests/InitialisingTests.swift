import Clinic
import EventStore
import Schema
import Testing

@testable import Engine

@Suite struct InitialisingTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `the daemon's user begins the practice and is its first owner`() async throws {
        try await house.run { engine in
            let reply = try await engine.begin().get()
            #expect(reply.position == 3)
            #expect(engine.log.size == 4)
            #expect(try engine.practice?.name == "Riverside")
            #expect(try engine.practice?.simulated == true)
            let headers = try engine.records().map(\.header)
            #expect(headers.map(\.index) == [0, 1, 2, 3])
            #expect(headers.allSatisfy { $0.count == 4 && $0.actor.id == 1 && $0.recordedAt == ManualClock.startMs })
            let random = try (0..<4).map { try RecordView(#require(try engine.log.record(at: $0))).header().random }
            #expect(Set(random).count == 4)
            let who = try await engine.ask(Asking(WhoAmI(), from: user()))
            #expect(who.answer.staff == 1)
            #expect(who.answer.roles == [.owner])
            #expect(who.position == 4)
        }
    }

    @Test func `nobody else begins it, and nothing else comes first`() async throws {
        try await house.run { engine in
            #expect(try await engine.begin(by: user(4_001)).refused().status == 403)
            #expect(try await engine.send(engine.small()).refused().status == 401)
            #expect(engine.log.size == 0)
            let reply = try await engine.begin(by: user(0)).get()
            #expect(reply.position == 3)
        }
    }

    @Test func `it is begun once, even when two try together`() async throws {
        try await house.run { engine in
            async let first = engine.begin()
            async let second = engine.begin()
            let outcomes = await [first, second]
            let granted = outcomes.compactMap { try? $0.get() }
            #expect(granted.count == 1)
            #expect(engine.log.size == 4)
        }
        try await house.run { engine in
            let refusal = try await engine.begin().refused()
            #expect(refusal.rule == "INV-CFG-04")
            #expect(engine.log.size == 4)
        }
    }
}
