import Clinic
import EventStore
import Foundation
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct IdempotencyTests {
    private let house: House
    private let key = IdempotencyKey(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)

    init() throws { house = try House() }

    @Test func `the same key and command have effect once, also after a restart`() async throws {
        let reply = try await house.run { engine in
            _ = try await engine.begin().get()
            let first = try await engine.send(engine.small(), key: key).get()
            #expect(try await engine.send(engine.small(), key: key).get() == first)
            #expect(engine.log.size == 5)
            return first
        }
        try await house.run { engine in
            let again = try await engine.send(engine.small(), key: key).get()
            #expect(again == reply)
            #expect(engine.log.size == 5)
        }
    }

    @Test func `the same key with another command is refused`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            _ = try await engine.send(engine.small(1), key: key).get()
            #expect(try await engine.send(engine.small(2), key: key).refused().status == 422)
            #expect(try await engine.send(CompleteEnrolment(), key: key).refused().status == 422)
        }
        try await house.run { engine in
            let refusal = try await engine.send(engine.small(2), key: key).refused()
            #expect(refusal.status == 422)
            #expect(engine.log.size == 5)
        }
    }

    @Test func `after 31 days the key alone tells`() async throws {
        let reply = try await house.run { engine in
            _ = try await engine.begin().get()
            return try await engine.send(engine.small(1), key: key).get()
        }
        house.time.advance(minutes: 31 * 24 * 60)
        // The old key of requests goes once something was recorded so late; whoever repeats then is known by the id.
        try await house.run { engine in
            try await engine.done(engine.small(3))
            try engine.background.rotateKeys()
            let again = try await engine.send(engine.small(2), key: key).get()
            #expect(again == reply)
            #expect(engine.log.size == 6)
        }
    }

    @Test func `a repeat whose key file is damaged is refused, has no effect, and what is new goes on`() async throws {
        let reply = try await house.run { engine in
            _ = try await engine.begin().get()
            return try await engine.send(engine.small(), key: key).get()
        }
        let folder = house.folder.child("keys/mac")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        let whole = try Data(contentsOf: url)
        var damaged = whole
        damaged[7] ^= 1
        try damaged.write(to: url)
        try await house.run { engine in
            let refusal = try await engine.send(engine.small(), key: key).refused()
            #expect(refusal.status == 503 && refusal.detail.contains("\(folder)/\(name)"), "\(refusal.detail)")
            #expect(refusal.detail.contains("event \(reply.position)"))
            #expect(engine.log.size == 5)
            #expect(engine.health.damagedKeys == ["mac/\(name)"])
            #expect(engine.verifyKeys().faults.count == 1)
            let other = IdempotencyKey(high: 5, low: 6)
            let first = try await engine.send(engine.small(3), key: other).get()
            #expect(try await engine.send(engine.small(3), key: other).get() == first)
            #expect(try await engine.send(engine.small(4), key: other).refused().status == 422)
        }
        try whole.write(to: url)
        try await house.run { engine in
            let again = try await engine.send(engine.small(), key: key).get()
            #expect(again == reply)
        }
    }

    @Test func `many at once with one key are one`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let replies = await withTaskGroup(of: Outcome.self) { group in
                for _ in 0..<50 { group.addTask { await engine.send(engine.small(), key: key) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(try replies.map { try $0.get().position }) == [4])
            #expect(engine.log.size == 5)
        }
    }
}
