import Clinic
import EventStore
import Schema
import Testing

@testable import Engine

@Suite struct RefusalTests {
    @Test func `a refused command leaves nothing behind`() async throws {
        let house = try House()
        try await house.run { engine in
            _ = try await engine.begin().get()
            let before = try engine.stateDigest()
            #expect(try await engine.send(engine.small(0)).refused().status == 400)
            #expect(engine.log.size == 4)
            #expect(try engine.stateDigest() == before)
        }
    }

    @Test func `refused and granted commands of one batch do not mix`() async throws {
        let house = try House()
        try await house.run { engine in
            _ = try await engine.begin().get()
            let granted = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask { (try? await engine.send(engine.small(Int64(number % 2))).get()) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(granted == 100)
            #expect(engine.log.size == 104)
            _ = try engine.stateDigest()
        }
    }

    @Test func `a check of the state is exact while commands come in`() async throws {
        let house = try House()
        try await house.run { engine in
            _ = try await engine.begin().get()
            async let checks = Task.detached {
                try (0..<4).map { _ in try StateCheck(engine: engine).run { _ in }.isEqual }
            }.value
            await withTaskGroup(of: Void.self) { group in
                for number in 1...600 { group.addTask { _ = await engine.send(engine.small(Int64(number))) } }
            }
            let found = try await checks
            #expect(found == [true, true, true, true])
            #expect(engine.log.size == 604)
        }
    }
}
