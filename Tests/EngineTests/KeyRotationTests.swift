import Clinic
import Foundation
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct KeyRotationTests {
    private static let dayMs: Int64 = 86_400_000
    private let house: House

    init() throws { house = try House() }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: house.folder.child("keys/mac")).sorted()
    }

    private var today: Int64 { house.time.nowMs / Self.dayMs }

    @Test func `a clock that is wrong for a minute destroys no key, and the next days' keys come in time`() async throws
    {
        let day = today
        let key = IdempotencyKey(high: 1, low: 2)
        try await house.run { engine in
            _ = try await engine.begin().get()
            _ = try await engine.send(engine.small(1), key: key).get()
            let yearsMs: Int64 = 14 * 365 * Self.dayMs
            house.time.jump(ms: yearsMs)
            try engine.background.rotateKeys()
            house.time.jump(ms: -yearsMs)
            // The body is known again, so its key is there.
            #expect(try await engine.send(engine.small(2), key: key).refused().status == 422)
            #expect(try files() == ["\(day).key", "\(day + 1).key"])
            for later in 1...3 as ClosedRange<Int64> {
                house.time.advance(ms: Self.dayMs)
                try await engine.done(engine.small(later))
                try engine.background.rotateKeys()
                #expect(try files().last == "\(day + later).key")
            }
        }
    }

    @Test func `nor does one that is wrong at a start`() async throws {
        let day = today
        try await house.run { engine in _ = try await engine.begin().get() }
        house.time.jump(ms: 14 * 365 * Self.dayMs)
        try await house.run { _ in }
        house.time.jump(ms: -14 * 365 * Self.dayMs)
        #expect(try files() == ["\(day).key", "\(day + 1).key"])
    }

    @Test func `before the first event a clock that is put right leaves no key of a day to come`() async throws {
        let day = today
        house.time.jump(ms: 14 * 365 * Self.dayMs)
        try await house.run { _ in }
        #expect(try files() == ["\(day + 14 * 365).key"])
        house.time.jump(ms: -14 * 365 * Self.dayMs)
        try await house.run { _ in }
        #expect(try files() == ["\(day).key"])
    }
}
