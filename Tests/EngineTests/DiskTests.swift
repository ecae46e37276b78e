import Clinic
import EventStore
import Schema
import SwiftProtobuf
import TestKit
import Testing

@testable import Engine

@Suite struct DiskTests {
    @Test func `a lost answer is found again below the floor too`() async throws {
        let house = try House()
        let key = IdempotencyKey.make()
        let (clinic, reply) = try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            return (clinic, try await engine.send(clinic.booking(), key: key).get())
        }
        try await house.run(freeFloorBytes: .max) { engine in
            let again = try await engine.send(clinic.booking(), key: key).get()
            #expect(again == reply)
            let another = try await engine.send(clinic.booking(at: "15:00")).refused()
            #expect(another.status == 507)
        }
    }

    @Test func `below the floor commands are refused and reading goes on`() async throws {
        let house = try House()
        let clinic = try await house.run { try await OpenClinic.found(in: $0) }
        try await house.run(freeFloorBytes: .max) { engine in
            await engine.settleWriter()
            let before = engine.log.size
            let refusal = try await engine.send(clinic.booking()).refused()
            #expect(refusal.status == 507)
            #expect(engine.log.size == before)
            let query = ShowClient.with { $0.client = clinic.client }
            #expect(try await engine.ask(Asking(query, from: user())).answer.row.givenName.text == "Zoë")
            #expect(engine.log.size == before + 1)
            let rows = try await clinic.agenda(engine)
            #expect(rows.isEmpty)
        }
        try await house.run { engine in _ = try await engine.done(clinic.booking()) }
    }

    @Test func `the ballast is taken up only where it leaves more than the floor`() throws {
        let folder = try TemporaryFolder()
        let floor: UInt64 = 5 << 20
        for (available, isHeld) in [(floor, false), (floor + (1 << 20) - 1, false), (floor + (1 << 20), true)] {
            let disk = DiskGuard(
                directory: folder.path, floorBytes: floor, ballastBytes: 1 << 20, availableBytes: { available })
            try disk.restore()
            #expect(disk.ballast.isHeld == isHeld, "with \(available) bytes available")
            #expect(!disk.isBelowFloor)
            try disk.ballast.release()
        }
        let boundless = DiskGuard(
            directory: folder.path, floorBytes: .max, ballastBytes: 1 << 20, availableBytes: { .max })
        try boundless.restore()
        #expect(!boundless.ballast.isHeld)
    }
}
