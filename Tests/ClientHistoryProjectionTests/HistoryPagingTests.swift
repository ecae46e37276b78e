import ClientHistoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct HistoryPagingTests {
    @Test func `a story is read in pages that neither repeat nor leave out`() throws {
        let clinic = try StoryClinic()
        for _ in 0..<7 {
            try clinic.harness.record(.clients(.clientDetailsUpdated(.with { $0.client = 2 })))
            try clinic.harness.record(.clients(.clientDetailsUpdated(.with { $0.client = 3 })))
        }
        let whole = try clinic.story(2).map(\.position)
        #expect(whole.count == 10)
        for limit in 1...11 {
            var question = ClientHistory.with {
                $0.client = 2
                $0.limit = UInt32(limit)
            }
            var seen: [UInt64] = []
            for _ in 0..<20 {
                let answer = try clinic.harness.ask(question)
                #expect(answer.rows.count <= limit)
                seen += answer.rows.map(\.position)
                guard answer.hasNext else { break }
                question.after = answer.next
            }
            #expect(seen == whole)
        }
    }

    @Test func `after the end there is nothing, whatever the number`() throws {
        let clinic = try StoryClinic()
        for after in [4, 5, UInt64.max] {
            let answer = try clinic.harness.ask(
                ClientHistory.with {
                    $0.client = 2
                    $0.after = after
                })
            #expect(answer.rows.isEmpty)
            #expect(!answer.hasNext)
        }
    }

    @Test(arguments: [0, 1, 4, 404, UInt64.max])
    func `an id that is no client's is refused as missing`(id: UInt64) throws {
        let clinic = try StoryClinic()
        let refusal = #expect(throws: Refusal.self) { try clinic.story(id) }
        #expect(refusal?.status == 404)
        #expect(refusal?.facts.field == "client")
    }

    @Test(arguments: [0, 1_001, UInt32.max])
    func `a limit out of bounds is refused`(limit: UInt32) throws {
        let clinic = try StoryClinic()
        let question = ClientHistory.with {
            $0.client = 2
            $0.limit = limit
        }
        let refusal = #expect(throws: Refusal.self) { try clinic.harness.ask(question) }
        #expect(refusal?.facts.field == "limit")
    }

    @Test func `a story takes the permission to see demographics of the client`() {
        #expect(ClientHistory.permission == .viewDemographics)
        #expect(ClientHistory.with { $0.client = 2 }.target == Target(client: 2))
        #expect(ClientHistory().target == Target())
    }

    @Test func `the same records give the same bytes, however they are cut into transactions`() throws {
        let records = recorded(StoryClinic.start + NoteClinic.awaited)
        let live = try foldedTables(ClientHistoryView.self, records, perTransaction: 1)
        #expect(live == (try foldedTables(ClientHistoryView.self, records, perTransaction: 3)))
        #expect(live.count == 13)
        #expect(live.allSatisfy { !$0.value.isEmpty })
        #expect(live != (try foldedTables(ClientHistoryView.self, records.dropLast(), perTransaction: 3)))
    }
}
