import Clinic
import EventStore
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct BookingTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `of many bookings at once for one slot exactly one is granted`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let before = engine.log.size
            let outcomes = await withTaskGroup(of: Outcome.self) { group in
                for _ in 0..<64 { group.addTask { await engine.send(clinic.booking()) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let granted = outcomes.compactMap { try? $0.get() }
            #expect(granted.count == 1)
            #expect(engine.log.size == before + 1)
            for case .failure(let refusal) in outcomes {
                #expect(refusal.status == 409)
                #expect(refusal.facts.conflicts == [before])
            }
            #expect(try await clinic.agenda(engine) == ["2026-03-09T10:00"])
            _ = try engine.stateDigest()
        }
    }

    @Test func `as of an instant the calendar is as it was known then`() async throws {
        let (clinic, times) = try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let empty = house.time.nowMs
            house.time.advance(minutes: 1)
            let booked = try await engine.done(clinic.booking())
            let before = house.time.nowMs
            house.time.advance(minutes: 1)
            let moving = RescheduleAppointment.with {
                $0.appointment = booked
                $0.start = "2026-03-09T14:00"
            }
            try await engine.done(moving)
            return (clinic, [empty, before, house.time.nowMs])
        }
        func check(_ engine: Engine) async throws {
            #expect(try await clinic.agenda(engine) == ["2026-03-09T14:00"])
            #expect(try await clinic.agenda(engine, asOfMs: times[0]) == [])
            #expect(try await clinic.agenda(engine, asOfMs: times[1]) == ["2026-03-09T10:00"])
            #expect(try await clinic.agenda(engine, asOfMs: times[2] - 1) == ["2026-03-09T10:00"])
            #expect(try await clinic.agenda(engine, asOfMs: times[2]) == ["2026-03-09T14:00"])
            #expect(try await clinic.agenda(engine, asOfMs: .max) == ["2026-03-09T14:00"])
        }
        try await house.run { try await check($0) }
    }

    @Test func `no instant cuts a command in half`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let reader = LogReader(engine.log)
            #expect(try reader.position(asOfMs: ManualClock.startMs - 1) == 0)
            #expect(try reader.position(asOfMs: ManualClock.startMs) == 4)
            #expect(try reader.position(asOfMs: .min) == 0)
            #expect(try reader.position(asOfMs: .max) == 4)
        }
    }
}
