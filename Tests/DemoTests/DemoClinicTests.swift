import Demo
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

@Suite struct DemoClinicTests {
    static let size = DemoSize(therapists: 2, clients: 6, weeksBefore: 6, weeksAhead: 2)

    @Test func `the same seed and day make the same clinic, but for keys and secrets`() async throws {
        let first = try await Made(seed: 7)
        let second = try await Made(seed: 7)
        #expect(first.contents == second.contents)
        #expect(first.contents.count > 200)
    }

    @Test func `another seed makes another clinic`() async throws {
        let first = try await Made(seed: 7)
        let other = try await Made(seed: 8)
        #expect(first.contents != other.contents)
    }

    @Test func `everybody acts in their own role, and some are turned away`() async throws {
        let made = try await Made(seed: 7)
        let roles = Set(made.records.map(\.header.role))
        #expect(roles.isSuperset(of: [.owner, .practiceManager, .frontDesk, .therapist, .auditor]))
        let types = Set(made.records.map(\.type))
        #expect(types.isSuperset(of: [.accessDenied, .recordAccessed, .sessionEnded, .sessionStarted]))
    }

    @Test func `time moves forward only, and ends before the day it was made for`() async throws {
        let made = try await Made(seed: 7)
        let times = made.records.map(\.header.recordedAt)
        #expect(times == times.sorted())
        let midnightMs = try #require(Zone("America/New_York")).startOfDayMs(Made.today)
        #expect(try #require(times.last) < midnightMs)
        guard case .practice(.practiceInitialised(let practice)) = made.records[0].event else {
            Issue.record("The first event begins the practice.")
            return
        }
        #expect(practice.simulated)
    }

    @Test func `every member of the cast gets a token file that nobody else can read`() async throws {
        let made = try await Made(seed: 7)
        let folder = made.folder.child("clinic.tokens")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names == ["auditor", "calloway", "desk", "halloran", "manager", "owner"].map { $0 + ".token" })
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `a clinic that is there is left alone`() async throws {
        let made = try await Made(seed: 7)
        await #expect(throws: DemoError.self) { try await made.again() }
    }

    @Test func `no demo ends in the future`() async throws {
        let folder = try TemporaryFolder()
        let options = DemoOptions(dataDirectory: folder.child("clinic"), today: Made.today, size: Self.size)
        await #expect(throws: DemoError.self) { try await DemoClinic.make(options, nowMs: 0) }
        #expect(!FileManager.default.fileExists(atPath: folder.child("clinic")))
    }
}

/// A small demo, and its log read back.
private struct Made {
    static let today = LocalDate(iso: "2026-03-18") ?? .min
    let folder: TemporaryFolder
    let records: [Recorded]
    let options: DemoOptions

    init(seed: UInt64) async throws {
        folder = try TemporaryFolder()
        options = DemoOptions(
            dataDirectory: folder.child("clinic"), seed: seed, today: Self.today, size: DemoClinicTests.size)
        let summary = try await DemoClinic.make(options)
        let log = try EventLog(opening: options.dataDirectory)
        #expect(log.size == summary.events)
        records = try (0..<log.size).map { position in
            try RecordView(try #require(try log.record(at: position))).recorded(at: position)
        }
    }

    func again() async throws { _ = try await DemoClinic.make(options) }

    /// Every record without what is random by design.
    var contents: [String] {
        records.map { recorded in
            var header = recorded.header
            header.requestMAC = []
            header.macKey = 0
            for index in header.keys.indices { header.keys[index].keyID = Data() }
            let event = Self.withoutBytes(recorded.event.message.textFormatString())
            return "\(recorded.position) \(recorded.type)\n\(header)\n\(event)"
        }
    }

    /// Keys, boxes, commitments and the hashes of secrets are all the bytes that events hold.
    private static func withoutBytes(_ text: String) -> String {
        text.split(separator: "\n").filter { line in
            !["key_id:", "box:", "commitment:", "sha256:"].contains { line.contains($0) }
        }.joined(separator: "\n")
    }
}
