import AuditTrailProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AuditQueryTests {
    @Test func `filters by actor and subject combine`() throws {
        let clinic = try AuditClinic()
        #expect(try clinic.positions() == Array(0...8))
        #expect(try clinic.positions { $0.actor = 2 } == [4, 6, 8])
        let byBo = try clinic.change(3, by: 2)
        let byAda = try clinic.change(3, by: 1)
        #expect(try clinic.positions { $0.subject = 3 } == [3, byBo, byAda])
        let both = try clinic.positions {
            $0.subject = 3
            $0.actor = 2
        }
        #expect(both == [byBo])
        let newest = try clinic.positions {
            $0.subject = 3
            $0.actor = 1
            $0.newest = true
        }
        #expect(newest == [byAda, 3])
    }

    @Test func `ids that nobody has give nothing`() throws {
        let clinic = try AuditClinic()
        for id in [404, UInt64.max] {
            #expect(try clinic.positions { $0.actor = id }.isEmpty)
            #expect(try clinic.positions { $0.subject = id }.isEmpty)
            let backwards = try clinic.positions {
                $0.subject = id
                $0.newest = true
            }
            #expect(backwards.isEmpty)
        }
    }

    @Test(arguments: [false, true], [nil, 1 as UInt64])
    func `pages neither repeat nor leave out, in either direction`(newest: Bool, actor: UInt64?) throws {
        let clinic = try AuditClinic()
        func question(_ question: inout AuditTrail) {
            question.newest = newest
            if let actor { question.actor = actor }
        }
        let whole = try clinic.positions(question)
        #expect(whole == whole.sorted { newest ? $0 > $1 : $0 < $1 })
        #expect(whole.count > 4)
        for limit in 1...10 {
            var seen: [UInt64] = []
            var after: UInt64?
            for _ in 0..<20 {
                let answer = try clinic.ask {
                    question(&$0)
                    $0.limit = UInt32(limit)
                    if let after { $0.after = after }
                }
                #expect(answer.rows.count <= limit)
                seen += answer.rows.map(\.position)
                guard answer.hasNext else { break }
                after = answer.next
            }
            #expect(seen == whole)
        }
    }

    @Test func `after the greatest number there is nothing, before it everything`() throws {
        let clinic = try AuditClinic()
        #expect(try clinic.positions { $0.after = .max }.isEmpty)
        let newest = try clinic.positions {
            $0.after = .max
            $0.newest = true
        }
        #expect(newest == Array(0...8).reversed())
    }

    @Test(arguments: [0, 1_001, UInt32.max])
    func `a limit out of bounds is refused`(limit: UInt32) throws {
        let clinic = try AuditClinic()
        let refusal = #expect(throws: Refusal.self) { try clinic.ask { $0.limit = limit } }
        #expect(refusal?.facts.field == "limit")
    }

    @Test(arguments: [false, true]) func `an access report has looks, denials and what changed who may, and no more`(
        newest: Bool
    ) throws {
        let clinic = try AuditClinic()
        var expected: [UInt64] = []
        let events: [AnyEvent] = [
            .access(.recordAccessed(.with { $0.people = [3] })), .access(.accessDenied(.init())),
            .staff(.roleAssigned(.init())), .staff(.roleRevoked(.init())), .access(.tokenIssued(.init())),
            .clients(.careTeamMemberAssigned(.with { $0.client = 3 })), .access(.socketUserUnlinked(.init())),
        ]
        clinic.harness.actor = 1
        for event in events {
            expected.append(try clinic.harness.record(event, about: [.with { $0.id = 3 }]))
            try clinic.change(3, by: 1)
        }
        if newest { expected.reverse() }
        func report(_ change: (inout AuditTrail) -> Void) throws -> AuditTrailAnswer {
            var question = AuditTrail.with { $0.newest = newest }
            change(&question)
            return try clinic.harness.ask(question) { permission, _ in permission != .viewActions }
        }
        #expect(try report { _ in }.rows.map(\.position) == expected)
        #expect(try report { $0.subject = 3 }.rows.map(\.position) == expected)
        #expect(try report { $0.actor = 1 }.rows.map(\.position) == expected)
        let page = try report { $0.limit = 3 }
        #expect(page.rows.map(\.position) == Array(expected.prefix(3)))
        let rest = try report { $0.after = page.next }
        #expect(rest.rows.map(\.position) == Array(expected.dropFirst(3)))
    }

    @Test func `the trail is asked about its actor, so that one may see one's own`() {
        #expect(AuditTrail.permission == .viewAudit)
        #expect(AuditTrail.with { $0.actor = 7 }.target == Target(staff: 7))
        #expect(AuditTrail.with { $0.subject = 7 }.target == Target())
    }

    @Test func `the same records give the same bytes, however they are cut into transactions`() throws {
        let events: [AnyEvent] = [
            .practice(.practiceInitialised(.with { $0.zone = "America/New_York" })),
            .staff(.staffAdded(.with { $0.name = "Ada" })),
            .access(.recordAccessed(.with { $0.people = [9, 4, 7, 4] })),
        ]
        let records = recorded(events.map { ($0, []) })
        let live = try foldedTables(AuditTrailView.self, records, perTransaction: 1)
        #expect(live == (try foldedTables(AuditTrailView.self, records, perTransaction: 2)))
        #expect(live.count == 7)
        #expect(live.allSatisfy { !$0.value.isEmpty })
        #expect(live != (try foldedTables(AuditTrailView.self, records.dropLast(), perTransaction: 2)))
    }
}
