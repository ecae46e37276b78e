import Clinic
import EventStore
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct ImportUndoTests {
    private let house: House

    init() throws { house = try House() }

    private func first() -> OldSheets {
        var sheets = OldSheets.one
        sheets.client("C2", "Bo")
        sheets.appointment("A1")
        sheets.appointment("A2", of: "C2", at: "10:00")
        return sheets
    }

    private func cancel(_ reference: String, in engine: ClinicEngine) async throws {
        let id = try #require(try engine.imported()[reference]).recorded.position
        try await engine.done(
            CancelAppointment.with {
                $0.appointment = id
                $0.by = .clinic
                $0.reason = .other
            })
    }

    @Test func `what was taken back can be imported again`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            for _ in 0..<2 {
                let applied = try await engine.bringIn(first())
                #expect(applied.clients == 2 && applied.appointments == 2 && applied.known == 0)
                #expect(try await engine.takeBack(applied.id) == TakenBack(appointments: 2, clients: 2))
                #expect(try await engine.takeBack(applied.id) == TakenBack(appointments: 0, clients: 0))
            }
            _ = try engine.stateDigest()
            _ = try engine.viewDigests()
        }
    }

    @Test func `an import takes back its own, and not what an earlier one of its name brought`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let one = try await engine.bringIn(first()).id
            var more = first()
            more.client("C3", "Cy")
            more.appointment("A3", of: "C1", at: "11:00")
            more.appointment("A4", of: "C3", at: "12:00")
            let two = try await engine.bringIn(more).id
            let other = try await engine.bringIn(first(), source: "other").id
            // A3 depends on C1, which is of the first import.
            #expect(try await engine.takeBack(one) == TakenBack(appointments: 2, clients: 1, keptClients: ["C1"]))
            #expect(try await engine.takeBack(two) == TakenBack(appointments: 2, clients: 1))
            #expect(try await engine.takeBack(one) == TakenBack(appointments: 0, clients: 1))
            #expect(try await engine.takeBack(other) == TakenBack(appointments: 0, clients: 2))
            _ = try engine.stateDigest()
        }
    }

    @Test func `what somebody has touched stays, and so does the client it is of`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = first()
            sheets.appointment("A3", of: "C2", on: "2026-04-01", status: "booked")
            let id = try await engine.bringIn(sheets).id
            try await cancel("A3", in: engine)
            #expect(
                try await engine.takeBack(id)
                    == TakenBack(appointments: 2, clients: 1, keptAppointments: ["A3"], keptClients: ["C2"]))
            let again = try await engine.bringIn(sheets)
            #expect(again.known == 2 && again.clients == 1 && again.appointments == 2)
        }
    }

    @Test func `what was touched after it was looked up is passed over when it is decided`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = first()
            sheets.appointment("A3", of: "C2", on: "2026-04-01", status: "booked")
            let id = try await engine.bringIn(sheets).id
            let other = try await engine.bringIn(first(), source: "other").id
            let looked = try engine.imported(by: id) + engine.imported(by: other)
            try await cancel("A3", in: engine)
            let command = WithdrawImported.with {
                $0.import = id
                $0.appointments = looked.filter { $0.kind == .appointment }.map(\.id) + [4, 999_999]
                $0.clients = looked.filter { $0.kind == .client }.map(\.id) + [4, 999_999]
            }
            let caller = try engine.importer().importing
            func send() async -> Outcome {
                await engine.send(Submission(sender: .trusted(caller, .owner), command: command, key: .make()))
            }
            let client = try #require(looked.first { $0.reference == "C1" }).id
            let before = engine.log.size
            _ = try await send().get()
            // A1 and A2; the clients had appointments until now.
            #expect(
                try engine.records(from: before).map(\.type) == [
                    .appointmentMarkedEnteredInError, .appointmentMarkedEnteredInError, .importUndone,
                ])
            _ = try await send().get()
            guard case .interchange(.importUndone(let event)) = try engine.recorded(engine.log.size - 1).event else {
                Issue.record("nothing was undone")
                return
            }
            #expect(event.clients == [client])
            #expect(try await send().refused().kind == .problem("unchanged"))
        }
    }

    @Test func `an import that there is not cannot be taken back`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let job = try await engine.ended(.importUndo, Array("{\"import\":2}".utf8))
            #expect(job.state == .failed && job.problem?.status == 404)
        }
    }
}
