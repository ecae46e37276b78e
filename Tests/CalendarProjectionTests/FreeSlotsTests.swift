import CalendarProjection
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct FreeSlotsTests {
    /// Riverside with Anna there on Mondays from nine to eleven.
    private func clinic(_ blocks: [HoursBlock] = [block(1, "09:00", "11:00")]) throws -> Riverside {
        let clinic = try Riverside()
        try clinic.harness.hours(clinic.anna, at: clinic.house, blocks)
        return clinic
    }

    private func monday(_ query: inout FreeSlots) {
        query.from = "2026-03-02"
        query.to = "2026-03-03"
    }

    @Test func `a slot says who, where, when and in which room`() throws {
        let clinic = try clinic()
        let slots = try clinic.slots(monday)
        #expect(
            slots.map(\.start) == ["09:00", "09:15", "09:30", "09:45", "10:00"].map { "2026-03-02T" + $0 })
        let first = try #require(slots.first)
        #expect(first.staff == clinic.anna && first.staffName == "Anna Roth")
        #expect(first.location == clinic.house && first.locationName == "River House")
        #expect(first.room == clinic.blue && first.roomName == "Blue")
        #expect(first.end == "2026-03-02T09:50" && first.zone == "America/New_York")
        #expect(try first.startAt == ms("2026-03-02T09:00"))
        #expect(try first.endAt == ms("2026-03-02T09:50"))
        #expect(first.modality == .inPerson)
    }

    @Test func `what is booked is not free, what is cancelled or moved away is free again`() throws {
        let clinic = try clinic()
        let id = try clinic.book("2026-03-02T10:00")
        #expect(try clinic.slots(monday).map(\.start) == ["2026-03-02T09:00"])
        try clinic.harness.record(
            .scheduling(
                .appointmentRescheduled(
                    .with {
                        $0.appointment = id
                        $0.arrangement = try clinic.arrangement("2026-03-02T09:00", minutes: 60)
                        $0.revision = 1
                    })))
        #expect(try clinic.slots(monday).map(\.start) == ["2026-03-02T10:00"])
        try clinic.cancel(id)
        #expect(try clinic.slots(monday).count == 5)
    }

    @Test func `the smallest free room that is large enough is taken`() throws {
        let clinic = try clinic()
        _ = try clinic.book("2026-03-02T09:00", client: clinic.david, staff: clinic.ben)
        #expect(try clinic.slots(monday).map(\.room) == Array(repeating: clinic.green, count: 4) + [clinic.blue])
        _ = try clinic.book("2026-03-02T09:00", client: clinic.david, staff: clinic.ben, room: clinic.green)
        #expect(try clinic.slots(monday).map(\.start) == ["2026-03-02T10:00"])
    }

    @Test func `the client's own appointments are in the way, and the primary therapist comes first`() throws {
        let clinic = try clinic()
        try clinic.harness.hours(clinic.ben, at: clinic.house, [block(1, "09:00", "11:00")])
        let elsewhere = try clinic.harness.staff("Chen Li")
        _ = try clinic.book("2026-03-02T10:00", staff: elsewhere)
        try clinic.harness.record(
            .clients(
                .careTeamMemberAssigned(
                    .with {
                        $0.client = clinic.carla
                        $0.staff = clinic.ben
                        $0.role = .primary
                    })))
        let slots = try clinic.slots {
            monday(&$0)
            $0.client = clinic.carla
        }
        #expect(slots.map(\.start) == ["2026-03-02T09:00", "2026-03-02T09:00"])
        #expect(slots.map(\.staff) == [clinic.ben, clinic.anna])
        let anybodys = try clinic.slots(monday)
        #expect(anybodys.prefix(2).map(\.staff) == [clinic.anna, clinic.ben])
    }

    @Test func `time off closes hours once it is approved`() throws {
        let clinic = try clinic()
        let id = try clinic.harness.timeOff(
            clinic.anna, try planned("2026-03-02T09:30", minutes: 60), approved: false)
        #expect(try clinic.slots(monday).count == 5)
        try clinic.harness.record(.availability(.timeOffApproved(.with { $0.timeOff = id })))
        #expect(try clinic.slots(monday).isEmpty)
    }

    @Test func `only hours that admit the service, the modality and the client count`() throws {
        let clinic = try Riverside()
        let group = try clinic.harness.service("Group") { $0.modalities = [.online, .inPerson] }
        try clinic.harness.hours(
            clinic.anna, at: clinic.house,
            [
                block(1, "09:00", "09:50", services: [group]), block(1, "10:00", "10:50", modalities: [.phone]),
                block(1, "11:00", "11:50", selfBook: false), block(1, "12:00", "12:50"),
            ])
        let staff = try clinic.slots(monday)
        #expect(staff.map(\.start) == ["2026-03-02T11:00", "2026-03-02T12:00"])
        let own = try clinic.slots {
            monday(&$0)
            $0.selfBook = true
        }
        #expect(own.map(\.start) == ["2026-03-02T12:00"])
        try clinic.harness.offers(clinic.anna) { $0.services = [group] }
        #expect(try clinic.slots(monday).isEmpty)
    }

    @Test func `what has begun is no longer offered, and a week from today is what is searched`() throws {
        let clinic = try clinic()
        clinic.harness.nowMs = try ms("2026-03-02T09:30")
        let slots = try clinic.slots { _ in }
        #expect(slots.map(\.start) == ["2026-03-02T09:45", "2026-03-02T10:00"])
        clinic.harness.nowMs = try ms("2026-03-03T09:30")
        #expect(try clinic.slots { _ in }.first?.start == "2026-03-09T09:00")
    }

    private func rows(
        of harness: ViewHarness<CalendarView>, _ service: UInt64, selfBook: Bool
    ) throws -> [SlotRow] {
        try harness.ask(
            .with {
                $0.service = service
                $0.to = "2026-04-01"
                $0.selfBook = selfBook
            } as FreeSlots
        ).rows
    }

    @Test func `nothing is offered to clients beyond the horizon, which does not bind staff`() throws {
        let harness = try ViewHarness<CalendarView>()
        try harness.practice { $0.horizonDays = 10 }
        let anna = try harness.staff("Anna")
        let house = try harness.location("House", requiresRoom: false)
        let service = try harness.service("Therapy")
        try harness.hours(
            anna, at: house,
            (1...7).map { (day: UInt32) in
                var block = block(day, "09:00", "09:50")
                block.selfBook = true
                return block
            })
        harness.nowMs = try ms("2026-03-01T09:00")
        let rows = try self.rows(of: harness, service, selfBook: true)
        #expect(rows.first?.start == "2026-03-02T09:00")
        // Ten days of 24 hours, of which one was short of an hour: the clock stands at ten.
        #expect(rows.last?.start == "2026-03-11T09:00")
        let forStaff = try self.rows(of: harness, service, selfBook: false)
        #expect(forStaff.last?.start == "2026-03-31T09:00")
    }

    @Test func `who takes no new clients is offered to their own alone`() throws {
        let clinic = try clinic()
        try clinic.harness.offers(clinic.anna) { $0.acceptsNew = false }
        func count(_ client: UInt64?) throws -> Int {
            try clinic.slots {
                monday(&$0)
                if let client { $0.client = client }
            }.count
        }
        #expect(try count(nil) == 5)
        #expect(try count(clinic.david) == 0)
        _ = try clinic.book("2026-02-23T09:00", client: clinic.david, staff: clinic.anna)
        #expect(try count(clinic.david) == 5)
        #expect(try count(clinic.carla) == 0)
        try clinic.harness.record(
            .clients(
                .careTeamMemberAssigned(
                    .with {
                        $0.client = clinic.carla
                        $0.staff = clinic.anna
                        $0.role = .covering
                    })))
        #expect(try count(clinic.carla) == 5)
    }

    @Test func `who works at some locations is not offered at others`() throws {
        let clinic = try clinic()
        let hill = try clinic.harness.location("Hill House", requiresRoom: false)
        try clinic.harness.offers(clinic.anna) { $0.locations = [hill] }
        #expect(try clinic.slots(monday).isEmpty)
        try clinic.harness.offers(clinic.anna) { $0.locations = [hill, clinic.house] }
        #expect(try clinic.slots(monday).count == 5)
    }

    @Test func `a primary therapist to come is not first before their time`() throws {
        let clinic = try clinic()
        try clinic.harness.hours(clinic.ben, at: clinic.house, [block(1, "09:00", "11:00")])
        func assign(_ staff: UInt64, from: String) throws {
            try clinic.harness.record(
                .clients(
                    .careTeamMemberAssigned(
                        .with {
                            $0.client = clinic.carla
                            $0.staff = staff
                            $0.role = .primary
                            $0.fromAt = try ms(from)
                        })))
        }
        func first(at now: String) throws -> UInt64? {
            clinic.harness.nowMs = try ms(now)
            return try clinic.slots {
                monday(&$0)
                $0.client = clinic.carla
            }.first?.staff
        }
        try assign(clinic.ben, from: "2026-01-01T00:00")
        try assign(clinic.anna, from: "2026-03-01T00:00")
        #expect(try first(at: "2026-02-20T09:00") == clinic.ben)
        #expect(try first(at: "2026-03-01T09:00") == clinic.anna)
    }

    @Test func `online slots are told by the clock by which they are booked`() throws {
        let clinic = try Riverside(onlineZone: "America/Chicago")
        try clinic.harness.offers(clinic.anna) { $0.homeZone = "America/Los_Angeles" }
        try clinic.harness.hours(clinic.anna, at: nil, [block(1, "22:00", "24:00"), block(2, "00:00", "01:00")])
        let slots = try clinic.slots {
            $0.from = "2026-03-03"
            $0.to = "2026-03-04"
            $0.modality = .online
        }
        // 22:00 to 01:00 in Los Angeles; a session may run over midnight there.
        #expect(slots.first?.start == "2026-03-03T00:00")
        #expect(slots.first?.startAt == (try ms("2026-03-02T22:00", "America/Los_Angeles")))
        #expect(slots.last?.start == "2026-03-03T02:00")
        #expect(slots.count == 9)
        #expect(slots.allSatisfy { !$0.hasLocation && !$0.hasRoom && $0.zone == "America/Chicago" })
    }

    @Test func `a question that cannot be answered is refused, and the field is named`() throws {
        let clinic = try clinic()
        func field(_ change: (inout FreeSlots) -> Void) throws -> String? {
            try #require(throws: Refusal.self) { try clinic.slots(change) }.facts.field
        }
        #expect(try field { $0.clearService() } == "service")
        #expect(try field { $0.service = clinic.anna } == "service")
        #expect(try field { $0.staff = [clinic.anna, clinic.blue] } == "staff[1]")
        #expect(try field { $0.locations = [clinic.blue] } == "locations[0]")
        #expect(try field { $0.client = clinic.anna } == "client")
        #expect(try field { $0.modality = .phone } == "modality")
        #expect(try field { $0.modality = .unspecified } == "modality")
        #expect(try field { $0.minutes = 7 } == "minutes")
        #expect(try field { $0.minutes = 485 } == "minutes")
        #expect(try field { $0.minutes = 0 } == "minutes")
        #expect(try field { $0.limit = 0 } == "limit")
        #expect(try field { $0.limit = 501 } == "limit")
        #expect(try field { $0.from = "tomorrow" } == "from")
        #expect(
            try field {
                $0.from = "2026-03-02"; $0.to = "2026-05-04"
            } == "to")
        #expect(
            try clinic.slots {
                $0.from = "2026-03-02"; $0.to = "2026-05-03"; $0.limit = 2
            }.count == 2)
        #expect(
            try clinic.slots {
                $0.from = "9999-12-20"; $0.to = "9999-12-31"
            }.isEmpty)
        #expect(
            try clinic.slots {
                $0.from = "0001-01-01"; $0.to = "0001-01-02"
            }.isEmpty)
    }
}
