import Clinic
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct DiskTests {
    @Test func `below the floor commands are refused and reading goes on`() async throws {
        let house = try House()
        let clinic = try await house.run { try await OpenClinic.found(in: $0) }
        try await house.run(freeFloorBytes: .max) { engine in
            await engine.settleWriter()
            let before = engine.log.size
            #expect(try await engine.send(clinic.booking()).refused().status == 507)
            #expect(engine.log.size == before)
            let query = ShowClient.with { $0.client = clinic.client }
            #expect(try await engine.ask(Asking(query, from: user())).answer.row.givenName.text == "Zoë")
            #expect(engine.log.size == before + 1)
            #expect(try await clinic.agenda(engine) == [])
        }
        try await house.run { engine in try await engine.done(clinic.booking()) }
    }
}
