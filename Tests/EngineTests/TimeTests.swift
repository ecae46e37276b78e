import Clinic
import EventStore
import Foundation
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct TimeTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `recorded time never goes back, and a clock that did is noted`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            house.time.advance(minutes: 10)
            try await engine.done(engine.small())
            let latest = house.time.nowMs
            house.time.jump(ms: -1_500)
            try await engine.done(engine.small())
            house.time.jump(ms: -60_000)
            try await engine.done(engine.small())
            house.time.advance(minutes: 5)
            try await engine.done(engine.small())
            let headers = try engine.records(from: 4).map(\.header)
            #expect(headers.map(\.recordedAt) == [latest, latest, latest, house.time.nowMs])
            #expect(headers.map(\.clockSkew) == [false, false, true, false])
        }
    }

    @Test func `nor does it after a restart`() async throws {
        try await house.run { engine in _ = try await engine.begin().get() }
        house.time.jump(ms: -3_000_000)
        try await house.run { engine in
            try await engine.done(engine.small())
            #expect(try engine.recorded(4).header.recordedAt == ManualClock.startMs)
            #expect(try engine.recorded(4).header.clockSkew)
        }
    }

    @Test(arguments: [7_200_000, -7_200_000] as [Int64])
    func `a clock that jumps stops commands until an owner accepts it`(_ jump: Int64) async throws {
        try await house.run(knowsBoot: true) { engine in
            _ = try await engine.begin().get()
            house.time.advance(minutes: 600)
            try await engine.done(engine.small())
            house.time.jump(ms: jump)
            let refusal = try await engine.send(engine.small()).refused()
            #expect(refusal.type == "urn:daybook:problem:clock-jumped")
            // Whoever may not accept it changes nothing by trying.
            #expect(try await engine.send(engine.small(jump), by: user(9)).refused().status == 401)
            #expect(try await engine.send(engine.small()).refused().status == 503)
            // The clocks are slewed a little between reading the jump and accepting it.
            house.time.jump(ms: 3)
            try await engine.done(engine.small(jump))
            try await engine.done(engine.small())
        }
    }

    @Test func `what is recorded while the clock is wrong goes by the time since boot`() async throws {
        try await house.run(knowsBoot: true) { engine in
            _ = try await engine.begin().get()
            house.time.jump(ms: 86_400_000)
            await #expect(throws: Refusal.self) { try await engine.ask(Asking(ListStaff(), from: user(7))) }
            await engine.settleWriter()
            #expect(try engine.recorded(4).header.recordedAt == ManualClock.startMs)
            house.time.jump(ms: -86_400_000)
            try await engine.done(engine.small())
            #expect(try engine.recorded(5).header.recordedAt == ManualClock.startMs)
            #expect(try !engine.recorded(5).header.clockSkew)
        }
    }

    @Test(arguments: [Int64.min, .max]) func `a jump no clock can make is only refused`(_ jump: Int64) async throws {
        try await house.run(knowsBoot: true) { engine in
            _ = try await engine.begin().get()
            house.time.jump(ms: 7_200_000)
            #expect(try await engine.send(engine.small(jump)).refused().status == 503)
        }
    }

    @Test func `a jump is not forgotten by a restart, nor is its acceptance`() async throws {
        try await house.run(knowsBoot: true) { engine in _ = try await engine.begin().get() }
        house.time.jump(ms: 7_200_000)
        try await house.run(knowsBoot: true) { engine in
            #expect(try await engine.send(engine.small()).refused().type == "urn:daybook:problem:clock-jumped")
            _ = try await engine.done(engine.small(7_200_000))
        }
        try await house.run(knowsBoot: true) { engine in _ = try await engine.done(engine.small()) }
    }

    @Test func `after another boot the clock is believed as it is`() async throws {
        try await house.run(knowsBoot: true) { engine in _ = try await engine.begin().get() }
        house.time.jump(ms: 7_200_000)
        try await house.run(knowsBoot: true, bootID: "boot-2") { engine in _ = try await engine.done(engine.small()) }
        // What is kept is damaged, or from a program that kept it in another form.
        for text in ["", "boot boot-2\noffset ?\n", "boot boot-2\noffset 9223372036854775807\n"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: house.data + "/clock"))
            try await house.run(knowsBoot: true, bootID: "boot-2") { engine in _ = try await engine.done(engine.small())
            }
        }
    }

    @Test func `a clock that is put right before there is anything on record stops nobody`() async throws {
        try await house.run(knowsBoot: true) { engine in
            house.time.jump(ms: 1_000_000_000)
            _ = try await engine.begin().get()
            try await engine.done(engine.small())
        }
        try await house.run(knowsBoot: true) { engine in _ = try await engine.done(engine.small()) }
    }

    @Test func `a jump is accepted only when its acceptance is in the log`() async throws {
        try await house.run(knowsBoot: true) { engine in
            _ = try await engine.begin().get()
            house.time.jump(ms: 7_200_000)
            do {
                let full = DiskTrace(house.data + "/log", syncError: ENOSPC)
                #expect(try await engine.send(engine.small(7_200_000)).refused().status == 507)
                withExtendedLifetime(full) {}
            }
            #expect(engine.log.size == 4)
            #expect(try await engine.send(engine.small()).refused().status == 503)
            try await engine.done(engine.small(7_200_000))
            try await engine.done(engine.small())
        }
    }
}
