import Clinic
import EventStore
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct ImportEndingTests {
    private let house: House

    init() throws { house = try House() }

    private var sheets: OldSheets {
        var sheets = OldSheets.one
        sheets.client("C2", "Bo")
        sheets.appointment("A1")
        return sheets
    }

    /// The import that a problem names.
    private func named(in problem: Refusal?) throws -> UInt64 {
        try #require(problem?.detail.firstMatch(of: #/--undo (\d+)/#).flatMap { UInt64($0.1) })
    }

    @Test func `an import that is cancelled half-way says how what it did is taken back`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let job = try await engine.watch(sheets) { $0 == "appointments" }
            #expect(job.state == .cancelled)
            let id = try named(in: job.problem)
            guard case .interchange(.importApplied(let event)) = try engine.recorded(id).event else {
                Issue.record("\(id) is no import")
                return
            }
            #expect(event.clients == 2 && event.appointments == 0)
            #expect(try await engine.takeBack(id) == TakenBack(appointments: 0, clients: 2))
        }
    }

    @Test func `one that is cancelled before it did anything leaves no trace`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let size = engine.log.size
            let job = try await engine.watch(sheets) { $0 == "reading" }
            #expect(job.state == .cancelled && engine.log.size == size)
        }
    }

    @Test func `when even its end cannot be recorded, the next import of the name takes all of it back`() async throws {
        let twoHours: Int64 = 2 * 3_600_000
        try await house.run(knowsBoot: true) { engine in
            _ = try await engine.begin().get()
            let job = try await engine.watch(sheets) { step in
                if step == "appointments" { house.time.jump(ms: twoHours) }
                return false
            }
            #expect(job.state == .failed && job.problem?.kind == .problem("clock-jumped"))
            #expect(job.problem?.detail.contains("2 clients and 0 appointments") == true)
            try await engine.done(AcceptClock.with { $0.jumpMs = twoHours })
            let applied = try await engine.bringIn(sheets)
            #expect(applied.known == 2 && applied.appointments == 1)
            #expect(try await engine.takeBack(applied.id) == TakenBack(appointments: 1, clients: 2))
        }
    }

    @Test func `while the index of names is being filled an import waits, and says so`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            engine.names.fill(done: 1, of: 4)
            let job = try engine.startJob(.import, sheets.request(), by: engine.importer())
            var hasWaited = false
            var last = job
            for await now in engine.jobs.follow(job.id) {
                last = now
                guard now.step.contains("index of names"), !hasWaited else { continue }
                hasWaited = true
                engine.names.isFull()
            }
            #expect(hasWaited && last.state == .done)
            #expect(try engine.registered().keys.contains("C2"))
        }
    }

    @Test func `a full disk ends the import with its own word`() async throws {
        try await house.run { engine in _ = try await engine.begin().get() }
        try await house.run(freeFloorBytes: .max) { engine in
            let size = engine.log.size
            let job = try await engine.ended(.import, sheets.request())
            #expect(job.state == .failed && job.problem?.status == 507 && engine.log.size == size)
        }
    }
}
