import Clinic
import Demo
import Engine
import EventStore
import Foundation
import ProjectionKit
import Schema
import TestKit
import Testing
import Timetable

@Suite struct LargeClinicTests {
    static let today = LocalDate(iso: "2026-03-18") ?? .min
    static let size = LargeSize(therapists: 5, weeks: 10)

    @Test func `the same seed, day and size decide the same events, whatever is random in them`() throws {
        let first = try MadeLarge(seed: 7)
        let second = try MadeLarge(seed: 7)
        #expect(first.summary.digest == second.summary.digest)
        #expect(first.summary.events == second.summary.events)
        #expect(first.summary.refusals == second.summary.refusals)
        #expect(first.summary.events > 2_000)
        // Keys are never the same.
        #expect(try first.record(at: 0) != second.record(at: 0))
    }

    @Test func `another seed decides other events`() throws {
        let first = try MadeLarge(seed: 7)
        let other = try MadeLarge(seed: 8)
        #expect(first.summary.digest != other.summary.digest)
    }

    @Test func `it has sessions, notes, money, looks and denials, and some commands are refused`() throws {
        let made = try MadeLarge(seed: 7)
        var types: Set<EventType> = []
        var times: [Int64] = []
        for position in 0..<made.summary.events {
            let record = try RecordView(try made.record(at: position))
            types.insert(record.type)
            times.append(record.recordedAtMs)
        }
        let expected: Set<EventType> = [
            .practiceInitialised, .clientRegistered, .appointmentBooked, .appointmentConfirmed, .clientCheckedIn,
            .sessionStarted, .sessionEnded, .sessionRecordedRetrospectively, .appointmentCancelled,
            .appointmentRescheduled, .appointmentMarkedNoShow, .timeOffRequested, .timeOffApproved, .noteStarted,
            .noteDraftSaved, .noteSigned, .chargePosted, .invoiceDrafted, .invoiceIssued, .paymentRecorded,
            .paymentAllocated, .recordAccessed, .contactRecorded, .feeWaived, .accessDenied,
        ]
        #expect(types.isSuperset(of: expected), "\(expected.subtracting(types))")
        #expect(times == times.sorted())
        let endMs = try #require(Zone("America/New_York")).startOfDayMs(Self.today)
        #expect(try #require(times.last) < endMs)
        #expect(made.summary.refusals.values.reduce(0, +) > 0)
    }

    @Test func `a daemon goes on with it, all of it verifies, and rebuilds equal what is live`() async throws {
        let made = try MadeLarge(seed: 7, therapists: 4)
        let options = EngineOptions(dataDirectory: made.folder.child("clinic"))
        let engine = try ClinicEngine(options) { Issue.record("the engine ended: \($0)") }
        defer { engine.stop() }
        try engine.awaitState()
        #expect(engine.log.size >= made.summary.events)
        for view in engine.views.list {
            let outcome = try await engine.views.blocking {
                try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
            }
            #expect(outcome.isEqual, "\(view.name)")
        }
        let caller = Caller(kind: .staff, staff: 1, roles: [.owner], door: Door())
        let job = try engine.startJob(.verify, Array("{}".utf8), by: caller)
        for await _ in engine.jobs.follow(job.id) {}
        let finding = try #require(engine.jobs.job(job.id)?.result)
        #expect(finding.contains(#""isSound":true"#) && !finding.contains(#""isSound":false"#), "\(finding)")
    }

    @Test func `a clinic that is there is left alone`() throws {
        let made = try MadeLarge(seed: 7, therapists: 1)
        #expect(throws: DemoError.self) { try made.again() }
    }
}

/// A large demo in small.
private struct MadeLarge {
    let folder: TemporaryFolder
    let summary: LargeSummary
    private let options: LargeOptions

    init(seed: UInt64, therapists: Int = LargeClinicTests.size.therapists) throws {
        folder = try TemporaryFolder()
        var size = LargeClinicTests.size
        size.therapists = therapists
        options = LargeOptions(
            dataDirectory: folder.child("clinic"), seed: seed, today: LargeClinicTests.today, size: size)
        summary = try LargeClinic.make(options)
    }

    func record(at position: UInt64) throws -> [UInt8] {
        try #require(try EventLog(opening: options.dataDirectory).record(at: position))
    }

    func again() throws { _ = try LargeClinic.make(options) }
}
