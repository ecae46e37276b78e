import Clinic
import Foundation
import Schema
import TestKit

@testable import Engine

/// Old spreadsheets come in, and go again.
extension RandomHistory {
    mutating func sheets(_ engine: ClinicEngine, _ random: inout SeededGenerator) async throws {
        var sheets = OldSheets()
        let clients = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            "C\(Int.random(in: 0...12, using: &random))"
        }
        for client in Set(clients).sorted() {
            sheets.client(
                client, "Given \(Int.random(in: 0...999, using: &random))", "Old", therapist: therapist(&random))
        }
        let known = Set(clients).sorted()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let day = world.today + Int.random(in: -20...6, using: &random)
            sheets.appointment(
                "A\(Int.random(in: 0...60, using: &random))", of: random.pick(known) ?? "C0",
                on: PlainTime.text(day: day),
                at: PlainTime.text(minute: Int.random(in: 32...70, using: &random) * 15), with: therapist(&random),
                service: random.pick(["Talk", "IND50", "ANY50"]) ?? "Talk",
                status: random.pick(["attended", "booked", "cancelled", "no show"]) ?? "booked")
        }
        let source = random.pick(["sheets", "paper"]) ?? "sheets"
        try await job(.import, try sheets.request(source: source), engine)
    }

    /// Somebody who is there, or somebody new.
    private func therapist(_ random: inout SeededGenerator) -> String {
        random.pick(["Ana Alder", "Theo", "Dr Kay", "Dr Lee"]) ?? "Dr Kay"
    }

    mutating func takingBack(_ engine: ClinicEngine, _ random: inout SeededGenerator) async throws {
        guard let id = random.pick(model.clinic.imports.keys.sorted()) else { return }
        try await job(.importUndo, Array("{\"import\":\(id)}".utf8), engine)
    }

    private mutating func job(_ kind: JobKind, _ body: [UInt8], _ engine: ClinicEngine) async throws {
        // Nothing is recorded while the clock is wrong.
        guard jumpMs == nil, let owner else { return }
        let caller = try engine.admit(owner, to: kind.permission, name: "jobs")
        let ended = await engine.ended(try engine.startJob(kind, body, by: caller))
        note("\(kind.rawValue) \(ended.problem?.detail ?? ended.result ?? "")")
        let name = "(\(kind.rawValue))"
        guard ended.state != .done else { return tally.grant(name) }
        guard let problem = ended.problem, (400..<500).contains(problem.status) else {
            throw Finding(problems: ["\(name): \(ended)"])
        }
        tally.refuse(name, problem)
    }
}
