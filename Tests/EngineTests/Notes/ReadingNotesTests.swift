import Clinic
import EventStore
import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct ReadingNotesTests {
    private let house: House

    init() throws { house = try House() }

    private func run(_ body: (NoteDesk) async throws -> Void) async throws {
        try await house.run { engine in try await body(try await NoteDesk.open(in: engine, house.time)) }
    }

    private func sign(_ desk: NoteDesk, _ revision: UInt32) async throws -> Reply {
        let command = SignNote.with {
            $0.note = desk.note
            $0.revision = revision
        }
        return try await desk.send(command).get()
    }

    /// Somebody of the client's care team besides the author, who comes in as user 4_002.
    private func colleague(_ desk: NoteDesk) async throws -> Credentials {
        let staff = try await desk.engine.done(
            AddStaff.with {
                $0.name = "Ben Birch"
                $0.email = "ben@example.org"
                $0.roles = [.therapist]
            })
        try await desk.engine.done(
            LinkSocketUser.with {
                $0.uid = 4_002
                $0.staff = staff
            })
        try await desk.engine.done(
            AssignCareTeamMember.with {
                $0.client = desk.clinic.client
                $0.staff = staff
                $0.role = .secondary
            }, by: user(NoteDesk.therapistUID))
        return user(4_002)
    }

    @Test func `a draft is its author's, and a signed note the care team's`() async throws {
        try await run { desk in
            let ben = try await colleague(desk)
            _ = try await desk.save(base: 0)
            let refusal = await #expect(throws: Refusal.self) { try await desk.show(by: ben) }
            #expect(refusal?.status == 403)
            _ = try await sign(desk, 1)
            let shown = try await desk.show(by: ben)
            #expect(try desk.plan(shown.content) == "Go on.")
            #expect(shown.row.standing == .signed && shown.row.signatures.map(\.commitment) == [shown.commitment])
            for stranger in [user(), user(7)] {
                await #expect(throws: Refusal.self) { try await desk.show(by: stranger) }
            }
        }
    }

    @Test func `each first look at a note is on record before it is opened`() async throws {
        try await run { desk in
            let ben = try await colleague(desk)
            _ = try await desk.save(base: 0)
            _ = try await sign(desk, 1)
            let size = desk.engine.log.size
            _ = try await desk.show(by: ben)
            _ = try await desk.show(by: ben)
            let looks = try desk.engine.records(from: size).compactMap {
                if case .access(.recordAccessed(let look)) = $0.event { look } else { nil }
            }
            #expect(looks.map(\.query) == ["ShowNote"] && looks.map(\.category) == [.clinical])
            #expect(looks.map(\.people) == [[desk.clinic.client]])
        }
    }

    @Test func `one who is turned away from a note is on record`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            let size = desk.engine.log.size
            await #expect(throws: Refusal.self) { try await desk.show(by: user()) }
            await desk.engine.settleWriter()
            #expect(try desk.engine.records(from: size).map(\.type) == [.accessDenied])
        }
    }

    @Test func `what a signature is of is read from the log, not from what the signer says`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0, [("plan", "Only this.")])
            let command = SignNote.with {
                $0.note = desk.note
                $0.revision = 1
            }
            #expect(try await desk.send(command).refused().rule == "INV-NOTE-02")
            _ = try await desk.save(base: 1)
            let reply = try await sign(desk, 2)
            #expect(reply.revision == 2)
            guard case .charting(.noteSigned(let event)) = try desk.engine.recorded(reply.position).event,
                case .charting(.noteDraftSaved(let saved)) = try desk.engine.recorded(event.saved).event
            else { throw CancellationError() }
            #expect(event.commitment == saved.content.commitment && saved.revision == 2)
        }
    }

    @Test func `a save and its signature may come in one batch, and the state equals its replay`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            let outcomes = await withTaskGroup(of: Outcome.self) { group in
                for revision in 1...8 as ClosedRange<UInt32> {
                    let sign = SignNote.with {
                        $0.note = desk.note
                        $0.revision = revision
                    }
                    group.addTask { await desk.send(sign) }
                    let save = desk.command(base: revision, isAutosave: revision % 2 == 0)
                    group.addTask { await desk.send(save) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count == 16)
            let signed = try desk.engine.records().filter { $0.type == .noteSigned }
            #expect(signed.count == 1)
            _ = try desk.engine.stateDigest()
        }
    }

    @Test func `the read model says the same when it is built anew`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            _ = try await sign(desk, 1)
            _ = try await desk.send(
                AddAddendum.with {
                    $0.note = desk.note
                    $0.text = "He called back."
                    $0.reason = "Heard later"
                }
            ).get()
            let live = try desk.engine.viewDigests()
            let outcome = try await desk.engine.views.blocking {
                try desk.engine.views.list.first { $0.name == "client-history" }?
                    .rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
            }
            #expect(outcome?.newDigest == live["client-history"])
        }
    }
}
