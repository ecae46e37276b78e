import DirectoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct RebuildTests {
    @Test func `the same records give the same bytes, however they are cut into transactions`() throws {
        let events: [AnyEvent] = [
            .practice(.practiceInitialised(.with { $0.zone = "America/New_York" })),
            .staff(.staffAdded(.with { $0.name = "Ada" })),
            .staff(
                .roleAssigned(
                    .with {
                        $0.staff = 1
                        $0.role = .therapist
                    })),
            .staff(
                .roleAssigned(
                    .with {
                        $0.staff = 1
                        $0.role = .owner
                    })),
            .places(.locationAdded(.with { $0.name = "Main" })),
            .places(.roomAdded(.with { $0.location = 4 })),
            .places(.serviceDefined(.with { $0.code = "IND" })),
            .places(.priceListPublished(.with { $0.prices = [.with { $0.service = 6 }] })),
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = "C-1"
                        $0.givenName = sealedField(1)
                    })),
            .clients(
                .careTeamMemberAssigned(
                    .with {
                        $0.client = 8
                        $0.staff = 1
                        $0.role = .primary
                    })),
            .access(.socketUserLinked(.with { $0.staff = 1 })),
            .access(.socketUserLinked(.with { $0.staff = 1 })),
            .access(
                .socketUserLinked(
                    .with {
                        $0.staff = 1
                        $0.awaitsHolder = true
                    })),
        ]
        let records = recorded(events.map { ($0, []) })
        let live = try foldedTables(DirectoryView.self, records, perTransaction: 1)
        let rebuilt = try foldedTables(DirectoryView.self, records, perTransaction: 1_000)
        #expect(live == rebuilt)
        #expect(live.count == 11)
        #expect(live.allSatisfy { !$0.value.isEmpty })
        let shorter = try foldedTables(DirectoryView.self, records.dropLast(), perTransaction: 5)
        #expect(shorter != live)
    }
}
