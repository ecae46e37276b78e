import Clinic
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct DuplicateTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `of many who register one person at once, one does`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let outcomes = await withTaskGroup(of: Outcome.self) { group in
                for _ in 0..<100 { group.addTask { await engine.send(OpenClinic.person("Ida", "Ito")) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { (try? $0.get()) != nil } == 1)
            let rules = outcomes.compactMap { outcome -> String? in
                if case .failure(let refusal) = outcome { refusal.rule } else { nil }
            }
            #expect(rules == Array(repeating: "INV-CLI-05", count: 99))
        }
    }

    @Test func `a phone that half the clinic gives says nothing of who is who`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            var known: [UInt64] = []
            for number in 0..<21 {
                var person = OpenClinic.person("Guest", "Number \(number)")
                person.phone = "+49 30 5550000"
                person.duplicatesAcknowledged = known
                known.append(try await engine.done(person))
            }
            var another = OpenClinic.person("Guest", "Number 21")
            another.phone = "030 5550000"
            try await engine.done(another)
        }
    }
}
