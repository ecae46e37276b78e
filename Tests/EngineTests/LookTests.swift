import Clinic
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import Testing
import Timetable

@testable import Engine

@Suite struct LookTests {
    private let house: House

    init() throws { house = try House() }

    private func show(_ client: UInt64, in engine: ClinicEngine, _ purpose: Purpose.Value = .treatment) async throws
        -> ClientRow
    {
        let query = ShowClient.with { $0.client = client }
        return try await engine.ask(Asking(query, from: user(), purpose: purpose)).answer.row
    }

    private func looks(_ engine: ClinicEngine, from start: UInt64) throws -> [RecordAccessed] {
        try engine.records(from: start).compactMap {
            if case .access(.recordAccessed(let look)) = $0.event { look } else { nil }
        }
    }

    @Test func `the first look is in the log before the answer, a second is not, and repeats are told at last`()
        async throws
    {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let start = engine.log.size
            let row = try await show(clinic.client, in: engine)
            #expect(row.givenName.text == "Zoë")
            let first = try looks(engine, from: start)
            #expect(first.map(\.query) == ["ShowClient"])
            #expect(first.map(\.category) == [.identity])
            #expect(first.map(\.people) == [[clinic.client]])
            #expect(first.map(\.repeats) == [0])
            for _ in 0..<3 { _ = try await show(clinic.client, in: engine) }
            house.time.advance(ms: LookWindows.windowMs - 1)
            _ = try await show(clinic.client, in: engine)
            await engine.settleWriter()
            #expect(engine.log.size == start + 1)
            house.time.advance(ms: 1)
            await engine.settleWriter()
            let told = try looks(engine, from: start + 1)
            #expect(told.map(\.repeats) == [4])
            #expect(told.map(\.people) == [[clinic.client]])
            _ = try await show(clinic.client, in: engine)
            #expect(try looks(engine, from: start + 2).map(\.repeats) == [0])
        }
    }

    @Test func `another purpose is another look`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let start = engine.log.size
            for purpose in [Purpose.Value.treatment, .operations, .treatment, .operations] {
                _ = try await show(clinic.client, in: engine, purpose)
            }
            #expect(try engine.records(from: start).map(\.header.purpose) == [.treatment, .operations])
        }
    }

    @Test func `looks at the same time are all answered, and on record`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let start = engine.log.size
            let names = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await show(clinic.client, in: engine).familyName.text } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(names == ["Brandt-Łuczak"])
            #expect(try looks(engine, from: start).count >= 1)
        }
    }

    @Test func `one who is turned away is on record once, and how often after 15 minutes`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            for _ in 0..<5 {
                await #expect(throws: Refusal.self) { try await engine.ask(Asking(ListStaff(), from: user(7))) }
            }
            await engine.settleWriter()
            #expect(try engine.records(from: 4).map(\.type) == [.accessDenied])
            guard case .access(.accessDenied(let denied)) = try engine.recorded(4).event else { return }
            #expect(denied.status == 401)
            #expect(denied.name == "ListStaff")
            #expect(try engine.recorded(4).header.door.uid == 7)
            house.time.advance(ms: LookWindows.windowMs)
            // Whoever is turned away next begins a new window; the old one is told all the same.
            await #expect(throws: Refusal.self) { try await engine.ask(Asking(ListStaff(), from: user(7))) }
            await engine.settleWriter()
            let after = try engine.records(from: 5).compactMap { recorded -> UInt32? in
                if case .access(.accessDenied(let denied)) = recorded.event { denied.repeats } else { nil }
            }
            #expect(after.sorted() == [0, 4])
        }
    }

    @Test func `a revoked token is dead at once`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let hash = Data(repeating: 7, count: 32)
            let token = try await engine.done(IssueToken.with { $0.sha256 = hash })
            let holder = Credentials(doorKind: .socket, uid: 9, tokenSHA256: [UInt8](hash))
            #expect(try await engine.ask(Asking(WhoAmI(), from: holder)).answer.staff == 1)
            let header = try await engine.send(engine.small(), by: holder).get()
            #expect(try engine.recorded(header.position).header.door.token == token)
            try await engine.done(RevokeToken.with { $0.token = token })
            await #expect(throws: Refusal.self) { try await engine.ask(Asking(WhoAmI(), from: holder)) }
            #expect(try await engine.send(engine.small(), by: holder).refused().status == 401)
        }
    }

    /// Somebody new with a token of their own.
    private func colleague(_ name: String, _ role: Role.Value, in engine: ClinicEngine) async throws -> Credentials {
        let staff = try await engine.done(
            AddStaff.with {
                $0.name = name
                $0.email = "\(name)@example.org"
                $0.roles = [role]
            })
        return try await holder(of: staff, in: engine)
    }

    /// The clock is a manual one, and so a token is good at once.
    private func holder(of staff: UInt64, in engine: ClinicEngine) async throws -> Credentials {
        let hash = Data(repeating: UInt8(truncatingIfNeeded: staff), count: 32)
        try await engine.done(
            IssueToken.with {
                $0.staff = staff
                $0.sha256 = hash
            })
        return user(9, token: [UInt8](hash))
    }

    @Test func `a client who is not in their care is not there for a therapist, in any question`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let ben = try await colleague("ben", .therapist, in: engine)
            #expect(try await engine.ask(Asking(ListClients(), from: ben)).answer.rows.isEmpty)
            let name = FindClients.with { $0.text = "Brandt" }
            #expect(try await engine.ask(Asking(name, from: ben)).answer.rows.isEmpty)
            let start = engine.log.size
            for _ in 0..<2 {
                let show = ShowClient.with { $0.client = clinic.client }
                await #expect(throws: Refusal.self) { try await engine.ask(Asking(show, from: ben)) }
                let agenda = Agenda.with { $0.client = clinic.client }
                let refusal = await #expect(throws: Refusal.self) { try await engine.ask(Asking(agenda, from: ben)) }
                #expect(refusal?.status == 403)
            }
            await engine.settleWriter()
            // Also what the question itself finds out is on record, once.
            func denied(from start: UInt64) throws -> [String] {
                try engine.records(from: start).compactMap { recorded in
                    guard case .access(.accessDenied(let denied)) = recorded.event else { return nil }
                    return "\(denied.name): \(denied.permission)"
                }
            }
            // What the agenda lacks is the same permission: it is counted with the first.
            #expect(try denied(from: start) == ["ShowClient: view demographics"])
            let carl = try await colleague("carl", .therapist, in: engine)
            let next = engine.log.size
            let agenda = Agenda.with { $0.client = clinic.client }
            await #expect(throws: Refusal.self) { try await engine.ask(Asking(agenda, from: carl)) }
            await engine.settleWriter()
            #expect(try denied(from: next) == ["Agenda: view demographics"])
            let staff = try await engine.ask(Asking(WhoAmI(), from: ben)).answer.staff
            try await engine.done(
                AssignCareTeamMember.with {
                    $0.client = clinic.client
                    $0.staff = staff
                    $0.role = .secondary
                }, by: try await colleague("mona", .practiceManager, in: engine))
            #expect(try await engine.ask(Asking(ListClients(), from: ben)).answer.rows.map(\.id) == [clinic.client])
        }
    }

    @Test func `an audit that is over ends by itself`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let staff = try await engine.done(
                AddStaff.with {
                    $0.name = "Ada Audit"
                    $0.email = "ada@example.org"
                })
            let zone = try #require(Zone("Europe/Berlin"))
            let today = try #require(zone.local(ofMs: engine.clock.nowMs())?.date)
            try await engine.done(
                AssignRole.with {
                    $0.staff = staff
                    $0.role = .auditor
                    $0.until = today.adding(days: 2)?.description ?? ""
                })
            let ada = try await holder(of: staff, in: engine)
            #expect(try await engine.ask(Asking(AuditTrail(), from: ada)).answer.rows.count > 1)
            #expect(throws: Never.self) { try engine.admit(ada, to: .viewEvents, name: "events") }
            house.time.advance(ms: 2 * 86_400_000)
            await #expect(throws: Refusal.self) { try await engine.ask(Asking(AuditTrail(), from: ada)) }
            #expect(throws: Refusal.self) { try engine.admit(ada, to: .viewEvents, name: "events") }
        }
    }

    @Test func `INV-ACC-03, INV-AUD-04: that a chart or the audit trail was read is on record, once in a window`()
        async throws
    {
        try await house.run { engine in
            let desk = try await NoteDesk.open(in: engine, house.time)
            let start = engine.log.size
            let chart = Chart.with { $0.client = desk.clinic.client }
            for _ in 0..<2 { _ = try await engine.ask(Asking(chart, from: user(NoteDesk.therapistUID))) }
            for _ in 0..<2 { _ = try await engine.ask(Asking(AuditTrail(), from: user())) }
            let told = try looks(engine, from: start)
            #expect(told.map(\.query) == ["Chart", "AuditTrail"])
            #expect(told.map(\.category) == [.clinical, .unspecified])
            #expect(told.map(\.people) == [[desk.clinic.client], []])
            let rows = try await engine.ask(
                Asking(
                    AuditTrail.with {
                        $0.newest = true
                        $0.limit = 1
                    }, from: user())
            ).answer.rows
            #expect(rows.map(\.query) == ["AuditTrail"] && rows.first?.hasCategory == false)
        }
    }
}
