import Clinic
import EventStore
import Foundation
import LMDBKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@testable import Engine
@testable import EventStore

/// What many ask at once is decided in batches, each with one commit.
@Suite struct BatchesTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `nobody is answered before what the answer rests on is durable`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let key = IdempotencyKey.make()
            let before = engine.log.size
            let flood = await Flood(engine)
            flood.send(clinic.booking(), key: key)
            for number in 1..<100 as Range<Int64> { flood.send(engine.small(number)) }
            // The same again, the same time once more, and one of its own.
            flood.send(clinic.booking(), key: key)
            flood.send(clinic.booking())
            flood.send(engine.small())
            let commit = HeldCommit(engine.log)
            flood.release()
            while engine.writer.queue.count > 0 { await Task.yield() }
            #expect(flood.answered == 0)
            #expect(engine.log.size == before)
            commit.release()
            let outcomes = await flood.answers()
            #expect(try outcomes[100].get() == outcomes[0].get())
            #expect(try outcomes[101].refused().status == 409)
            #expect(try outcomes[102].get().position == before + 100)
            #expect(engine.log.size == before + 101)
            _ = try engine.stateDigest()
        }
    }

    @Test func `a full disk takes back whole batches, and nothing is lost or half done`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let before = engine.log.size
            let key = IdempotencyKey.make()
            let descriptors = try OpenDescriptors(of: house.data + "/log/data.mdb")
            let flood = await Flood(engine)
            flood.send(clinic.booking(), key: key)
            flood.send(OpenClinic.person("Nina", "Nowhere"))
            for number in 1..<Int64(WorkQueue.batchMax) { flood.send(engine.small(number)) }
            // Of the next batch.
            flood.send(OpenClinic.person("Nora", "Nowhere"))
            descriptors.turn(to: "/dev/full")
            flood.release()
            for outcome in await flood.answers() { #expect(try outcome.refused().status == 507) }
            descriptors.turnBack()
            #expect(engine.log.size == before)
            #expect(try engine.names.find("nowhere", limit: 9).clients.isEmpty)
            let reply = try await engine.send(clinic.booking(), key: key).get()
            #expect(reply.position == before)
            _ = try engine.stateDigest()
        }
    }

    @Test func `who has no access any more has none in the next batch`() async throws {
        try await house.run { engine in
            let desk = try await NoteDesk.open(in: engine, house.time)
            let link = try engine.records().last { record in
                guard case .access(.socketUserLinked(let event)) = record.event else { return false }
                return event.uid == NoteDesk.therapistUID
            }
            let position = try #require(link).position
            let flood = await Flood(engine)
            flood.send(UnlinkSocketUser.with { $0.link = position })
            for number in 1..<Int64(WorkQueue.batchMax) { flood.send(engine.small(number)) }
            flood.send(desk.command(base: 0, isAutosave: false), by: user(NoteDesk.therapistUID))
            flood.release()
            let outcomes = await flood.answers()
            #expect(try outcomes[256].refused().status == 401)
        }
    }

    @Test func `what an editor saves by itself rests on what was saved in the batch before`() async throws {
        try await house.run { engine in
            let desk = try await NoteDesk.open(in: engine, house.time)
            _ = try await desk.save(base: 0)
            let therapist = user(NoteDesk.therapistUID)
            let flood = await Flood(engine)
            flood.send(desk.command(base: 1, isAutosave: true), by: therapist)
            for number in 1..<Int64(WorkQueue.batchMax) { flood.send(engine.small(number)) }
            flood.send(desk.command(base: 1, after: 1, isAutosave: true), by: therapist)
            flood.release()
            let outcomes = await flood.answers()
            #expect(try outcomes[0].get().autosave == 1)
            #expect(try outcomes[256].get().autosave == 2)
        }
    }
}

/// Keeps the log from being committed to, until it is let go.
private final class HeldCommit: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(_ log: EventLog) {
        let isHeld = DispatchSemaphore(value: 0)
        let thread = Thread { [gate] in
            let transaction = try? log.environment.beginWrite()
            isHeld.signal()
            gate.wait()
            _ = consume transaction
        }
        thread.start()
        isHeld.wait()
    }

    func release() { gate.signal() }
}
