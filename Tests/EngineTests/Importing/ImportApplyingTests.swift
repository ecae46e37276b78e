import Clinic
import EventStore
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct ImportApplyingTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `sheets that number their rows alike are both brought in whole, once`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets()
            for number in 1...3 { sheets.client("\(number)", "Ann \(number)") }
            for number in 1...5 { sheets.appointment("\(number)", of: "1", at: "1\(number):00") }
            let first = try await engine.bringIn(sheets)
            #expect(first.clients == 3 && first.appointments == 5 && first.known == 0)
            #expect(first.left.isEmpty && first.notes.isEmpty)
            let size = engine.log.size
            let second = try await engine.bringIn(sheets)
            #expect(second.clients == 0 && second.appointments == 0 && second.known == 8)
            #expect(second.staffAdded.isEmpty && second.servicesAdded.isEmpty)
            // Nothing but its own end.
            #expect(engine.log.size == size + 1)
            _ = try engine.stateDigest()
        }
    }

    @Test func `a row that was mended is brought in by the next import`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            sheets.appointment("A1", minutes: "50")
            var broken = sheets
            broken.appointment("A2", at: "10:00", minutes: "many")
            #expect(try await engine.bringIn(broken).appointments == 1)
            sheets.appointment("A2", at: "10:00")
            let second = try await engine.bringIn(sheets)
            #expect(second.appointments == 1 && second.known == 2)
            #expect(try engine.imported().keys.sorted() == ["A1", "A2"])
        }
    }

    @Test func `one that clashes with an imported row is left, one that clashes with a left row is not`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            // Still to come, so it cannot have been held.
            sheets.appointment("A1", on: "2026-04-01", at: "09:00")
            sheets.appointment("A2", on: "2026-04-01", at: "09:30", status: "booked")
            sheets.appointment("A3", on: "2026-04-01", at: "10:00", status: "booked")
            sheets.appointment("A4", on: "2026-04-01", at: "10:20", status: "booked")
            // Who stayed away had the hour, though nobody's calendar shows it.
            sheets.appointment("A5", on: "2026-02-02", at: "09:00", status: "no show")
            sheets.appointment("A6", on: "2026-02-02", at: "09:30")
            let applied = try await engine.bringIn(sheets)
            #expect(try engine.imported().keys.sorted() == ["A2", "A4", "A5"])
            #expect(applied.left.map(\.reference) == ["A1", "A3", "A6"])
            #expect(applied.left.map(\.references) == [[], ["A2"], ["A5"]])
            #expect(applied.left.map(\.sheet) == Array(repeating: "appointments", count: 3))
            #expect(applied.reasons["A1"]?.contains("Not yet held") == true)
            let again = try await engine.bringIn(sheets)
            #expect(again.appointments == 0 && again.left.map(\.reference) == ["A1", "A3", "A6"])
        }
    }

    @Test func `what stands on file already is in the way of a row, and is named`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let booked = try await engine.done(clinic.booking(at: "10:00"))
            var sheets = OldSheets()
            sheets.client("C1", therapist: "ANA  Alder")
            sheets.appointment("A1", on: "2026-03-09", at: "10:30", with: "Ana Alder", status: "booked")
            let job = try await engine.ended(.import, sheets.request())
            #expect(job.result?.contains("\"conflicts\":[\(booked)]") == true)
            #expect(try engine.imported()["A1"] == nil)
        }
    }

    @Test func `nothing to come was held or missed, and nothing is longer than a session`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            sheets.appointment("A1", on: "2026-04-01", status: "attended")
            sheets.appointment("A2", on: "2026-04-02", status: "no show")
            sheets.appointment("A3", on: "2026-04-03", status: "booked")
            sheets.appointment("A4", on: "2026-04-04", status: "cancelled")
            sheets.appointment("A5", minutes: "481")
            sheets.appointment("A6", minutes: "480")
            // It has begun, and is going on.
            sheets.appointment("A7", on: "2026-03-02", at: "08:30", minutes: "60")
            let job = try await engine.ended(.import, sheets.request())
            #expect(job.result?.contains("[\"A5\",\"longer than 480 minutes\"]") == true)
            #expect(try engine.imported().keys.sorted() == ["A3", "A4", "A6", "A7"])
            let ends = try engine.records().compactMap { recorded -> Int64? in
                guard case .scheduling(.sessionRecordedRetrospectively(let event)) = recorded.event else { return nil }
                #expect(event.startedAt < event.endedAt)
                return event.endedAt
            }
            #expect(ends.count == 2 && ends.max() == house.time.nowMs)
        }
    }

    @Test func `an import acts on behalf of whoever started it`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let start = engine.log.size
            var sheets = OldSheets.one
            sheets.appointment("A1")
            let id = try await engine.bringIn(sheets).id
            _ = try await engine.takeBack(id)
            let headers = try engine.records(from: start).map(\.header)
            let owner = try engine.importer().staff
            #expect(headers.count > 5)
            #expect(headers.allSatisfy { $0.actor.kind == .import && $0.door.kind == .import })
            #expect(headers.allSatisfy { $0.onBehalfOf == owner })
        }
    }

    @Test func `what is still to come keeps clear of time off, and of years that nobody books ahead`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let off = try await engine.done(
                RequestTimeOff.with {
                    $0.staff = clinic.therapist
                    $0.start = "2026-03-09T00:00"
                    $0.end = "2026-03-10T00:00"
                    $0.kind = .annual
                })
            try await engine.done(ApproveTimeOff.with { $0.timeOff = off })
            var sheets = OldSheets()
            sheets.client("C1", therapist: "Ana Alder")
            for (reference, date, start) in [
                ("A1", "2026-03-09", "10:30"), ("A2", "2026-03-10", "03:17"), ("A3", "2045-11-07", "10:00"),
            ] {
                sheets.appointment(reference, on: date, at: start, with: "Ana Alder", status: "booked")
            }
            let applied = try await engine.bringIn(sheets)
            #expect(try engine.imported().keys.sorted() == ["A2"])
            #expect(applied.reasons["A1"]?.contains("away") == true, "\(applied.reasons)")
            #expect(applied.reasons["A3"]?.contains("ahead") == true, "\(applied.reasons)")
        }
    }
}
