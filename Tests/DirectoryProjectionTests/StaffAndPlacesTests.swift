import DirectoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct StaffAndPlacesTests {
    @Test(arguments: ["muller", "MÜLLER", "mu\u{308}ller", " ada@EXAMPLE ", "Ada M"])
    func `staff are found by part of a name or address, whatever the case and accents`(typed: String) throws {
        let clinic = try DirectoryClinic()
        let rows = try clinic.harness.ask(ListStaff.with { $0.name = typed }).rows
        #expect(rows.map(\.id) == [clinic.owner])
    }

    @Test func `no name lists everybody, a strange one nobody`() throws {
        let clinic = try DirectoryClinic()
        #expect(try clinic.harness.ask(ListStaff()).rows.map(\.name) == ["Ada Müller", "Zoe\u{301} Brandt"])
        #expect(try clinic.harness.ask(ListStaff.with { $0.name = "zzz" }).rows.isEmpty)
        #expect(try clinic.harness.ask(ListStaff.with { $0.name = "  " }).rows.count == 2)
    }

    @Test func `roles are held once, in the order they are asked, and end when revoked`() throws {
        let clinic = try DirectoryClinic()
        try clinic.harness.assign(.owner, to: clinic.therapist)
        try clinic.harness.assign(.therapist, to: clinic.therapist)
        func roles() throws -> [Role.Value] { try clinic.harness.ask(WhoAmI(), as: clinic.therapist).roles }
        #expect(try roles() == [.owner, .therapist])
        let revoked = RoleRevoked.with {
            $0.staff = clinic.therapist
            $0.role = .owner
        }
        let position = try clinic.harness.record(.staff(.roleRevoked(revoked)))
        #expect(try roles() == [.therapist])
        #expect(try clinic.harness.ask(ListStaff.with { $0.name = "zoe" }).rows.first?.changed == position)
    }

    @Test func `a role that ends by itself says when, and whoever asks after that who they are has it no more`() throws
    {
        let clinic = try DirectoryClinic()
        let endMs = clinic.harness.nowMs + 60_000
        func give(untilMs: Int64?) throws {
            let assigned = RoleAssigned.with {
                $0.staff = clinic.therapist
                $0.role = .auditor
                if let untilMs { $0.untilAt = untilMs }
            }
            try clinic.harness.record(.staff(.roleAssigned(assigned)))
        }
        func roles() throws -> [Role.Value] { try clinic.harness.ask(WhoAmI(), as: clinic.therapist).roles }
        func ends() throws -> [Int64] {
            try clinic.harness.ask(ListStaff.with { $0.name = "zoe" }).rows.flatMap(\.roleEnds).map(\.untilAt)
        }
        try give(untilMs: endMs)
        #expect(try roles() == [.therapist, .auditor])
        #expect(try ends() == [endMs])
        clinic.harness.nowMs = endMs
        #expect(try roles() == [.therapist])
        try give(untilMs: endMs + 90_000)
        #expect(try roles() == [.therapist, .auditor])
        #expect(try ends() == [endMs + 90_000])
        let revoked = RoleRevoked.with {
            $0.staff = clinic.therapist
            $0.role = .auditor
        }
        try clinic.harness.record(.staff(.roleRevoked(revoked)))
        #expect(try ends().isEmpty)
    }

    @Test func `what somebody offers replaces what they offered before, and new hours count as a change`() throws {
        let clinic = try DirectoryClinic()
        func offer(_ services: [UInt64]) throws {
            let offered = StaffServicesSet.with {
                $0.staff = clinic.therapist
                $0.services = services
                $0.locations = [clinic.location]
                $0.acceptsNew = true
            }
            try clinic.harness.record(.staff(.staffServicesSet(offered)))
        }
        try offer([clinic.service, 99])
        try offer([clinic.service])
        let hours = WeeklyHoursSet.with { $0.staff = clinic.therapist }
        let position = try clinic.harness.record(.availability(.weeklyHoursSet(hours)))
        let row = try #require(try clinic.harness.ask(ListStaff.with { $0.name = "zoe" }).rows.first)
        #expect(row.services == [clinic.service])
        #expect(row.locations == [clinic.location])
        #expect(row.acceptsNew)
        #expect(row.changed == position)
    }

    @Test func `rooms are listed by place, with its name`() throws {
        let clinic = try DirectoryClinic()
        let room = try clinic.harness.record(
            .places(
                .roomAdded(
                    .with {
                        $0.location = clinic.location
                        $0.name = "Lärche"
                        $0.capacity = 4
                    })))
        let rows = try clinic.harness.ask(ListRooms.with { $0.location = clinic.location }).rows
        #expect(rows.map(\.id) == [room])
        #expect(rows.first?.locationName == "Main Street")
        #expect(try clinic.harness.ask(ListRooms.with { $0.name = "larche" }).rows.count == 1)
        #expect(try clinic.harness.ask(ListLocations.with { $0.name = "main" }).rows.first?.requiresRoom == true)
        let refusal = #expect(throws: Refusal.self) {
            try clinic.harness.ask(ListRooms.with { $0.location = room })
        }
        #expect(refusal?.status == 404)
    }

    @Test func `the price is the one in force on today's date at the practice`() throws {
        let clinic = try DirectoryClinic()
        let harness = clinic.harness
        func price() throws -> Money? {
            let row = try harness.ask(ListServices.with { $0.name = "ind50" }).rows.first
            return row.flatMap { $0.hasPrice ? $0.price : nil }
        }
        try harness.publish(99_000, for: clinic.service + 1, from: "2025-01-01")
        try harness.publish(12_000, for: clinic.service, from: "2026-03-02")
        try harness.publish(13_000, for: clinic.service, from: "2026-04-01")
        // 2026-03-02T04:59Z is still 1 March in New York; a minute later it is the 2nd.
        harness.nowMs = 1_772_427_540_000
        #expect(try price() == nil)
        harness.nowMs += 60_000
        #expect(try price()?.minor == 12_000)
        harness.nowMs = 1_780_000_000_000
        #expect(try price()?.minor == 13_000)
        // A later list of the same date takes its place.
        try harness.publish(14_000, for: clinic.service, from: "2026-04-01")
        #expect(try price()?.minor == 14_000)
    }

    @Test func `a role of somebody who never joined stops the projector`() throws {
        let clinic = try DirectoryClinic()
        #expect(throws: ProjectionError.self) { try clinic.harness.assign(.owner, to: 404) }
    }
}
