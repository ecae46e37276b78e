import AuditTrailProjection
import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AuditRowTests {
    private func header(_ change: (inout Header) -> Void) -> Header {
        var header = Header()
        header.recordedAt = 1_767_300_000_000
        header.count = 1
        change(&header)
        return header
    }

    @Test func `every record whatever has its row`() throws {
        let harness = try ViewHarness(AuditTrailView.self)
        for type in EventType.allCases {
            try harness.record(try AnyEvent(type: type, bytes: []))
        }
        let rows = try harness.ask(AuditTrail.with { $0.limit = 1_000 }).rows
        #expect(rows.map(\.event) == EventType.allCases.map(\.name))
        #expect(rows.map(\.position) == (0..<EventType.allCases.count).map { UInt64($0) })
        #expect(Set(rows.map(\.action)) == ["create", "read", "update", "deny"])
    }

    @Test func `a founding event creates, and is about what it founds`() throws {
        let clinic = try AuditClinic()
        let row = try #require(try clinic.ask { $0.subject = 3 }.rows.first)
        #expect(row.action == "create")
        #expect(row.event == "ClientRegistered")
        #expect(row.subjects == [3])
        #expect(row.actorName == "Ada")
        #expect(row.actorKind == "staff")
        #expect(row.door == "socket")
        #expect(row.uid == 1000)
        #expect(row.role == .frontDesk)
        #expect(!row.hasToken && !row.hasQuery && !row.hasCount)
        try clinic.change(3, by: 2)
        #expect(try clinic.ask { $0.subject = 3 }.rows.map(\.action) == ["create", "update"])
    }

    @Test func `a look tells the question, the category, how often and whose fields`() throws {
        let clinic = try AuditClinic()
        let looked = RecordAccessed.with {
            $0.query = "ShowClient"
            $0.category = .contact
            $0.people = [3, 5, 3]
            $0.repeats = 4
            $0.windowAt = 1_767_300_000_000
        }
        let position = try clinic.harness.record(
            .access(.recordAccessed(looked)), about: [.with { $0.id = 5 }], by: .therapist)
        let row = try #require(try clinic.ask { $0.subject = 3 }.rows.last)
        #expect(row.position == position)
        #expect(row.action == "read")
        #expect(row.query == "ShowClient")
        #expect(row.category == .contact)
        #expect(row.count == 5)
        #expect(row.subjects == [5, 3])
        #expect(row.role == .therapist)
    }

    @Test func `a denial tells the permission, the status and how often, up to the greatest number`() throws {
        let clinic = try AuditClinic()
        let denied = AccessDenied.with {
            $0.name = "EndSession"
            $0.permission = "conduct sessions"
            $0.status = 403
            $0.repeats = .max
        }
        let header = header {
            $0.door.kind = .web
            $0.door.uid = 1001
            $0.door.token = 77
        }
        try clinic.harness.record(.access(.accessDenied(denied)), header: header)
        let row = try #require(try clinic.ask { $0.newest = true }.rows.first)
        #expect(row.action == "deny")
        #expect(row.query == "EndSession")
        #expect(row.permission == "conduct sessions")
        #expect(row.status == 403)
        #expect(row.count == .max)
        #expect(row.door == "web")
        #expect(row.uid == 1001)
        #expect(row.token == 77)
        #expect(!row.hasActor && !row.hasActorName && !row.hasRole)
    }

    @Test func `the system is told by its reaction, an import by who runs it`() throws {
        let clinic = try AuditClinic()
        let event = AnyEvent.clients(.clientDetailsUpdated(.with { $0.client = 3 }))
        let system = header {
            $0.actor.kind = .system
            $0.actor.reaction = "name index"
            $0.door.kind = .system
            $0.purpose = .system
        }
        let imported = header {
            $0.actor.kind = .import
            $0.actor.id = 2
            $0.door.kind = .import
            $0.onBehalfOf = 3
            $0.clockSkew = true
        }
        try clinic.harness.record(event, header: system)
        try clinic.harness.record(event, header: imported)
        let rows = try clinic.ask { $0.newest = true }.rows
        #expect(rows[1].actorKind == "system")
        #expect(rows[1].facts.map(\.value) == ["name index"])
        #expect(rows[1].purpose == .system)
        #expect(rows[0].actorKind == "import")
        #expect(rows[0].actorName == "Bo")
        #expect(rows[0].facts.map(\.name) == ["onBehalfOf", "clockSkew"])
        #expect(try clinic.ask { $0.actor = 2 }.rows.last?.actorKind == "import")
    }

    @Test func `no box, open or sealed, comes into the trail`() throws {
        let registered = ClientRegistered.with {
            $0.number = "C-1"
            $0.givenName = sealedField(0xA5)
            $0.remark = sealedField(0xA5)
        }
        let records = recorded([(.clients(.clientRegistered(registered)), [])])
        let tables = try foldedTables(AuditTrailView.self, records, perTransaction: 1)
        let box = Data(repeating: 0xA5, count: 8)
        #expect(!tables.isEmpty)
        #expect(tables.values.joined().allSatisfy { Data($0).range(of: box) == nil })
    }
}
