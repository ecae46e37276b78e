import CalendarProjection
import Schema
import SwiftProtobuf
import TestKit

// Events as the clinic records them, with what a test does not care about filled in.

extension ViewHarness where View == CalendarView {
    @discardableResult
    func practice(
        _ zone: String = "America/New_York", onlineZone: String? = nil,
        policy change: (inout PracticePolicy) -> Void = { _ in }
    ) throws -> UInt64 {
        try record(
            .practice(
                .practiceInitialised(
                    .with {
                        $0.name = "Riverside"
                        $0.zone = zone
                        $0.onlineZone = onlineZone ?? zone
                        $0.policy.slotStepMinutes = 15
                        $0.policy.gridMinutes = 5
                        $0.policy.sessionMaxMinutes = 480
                        $0.policy.horizonDays = 730
                        change(&$0.policy)
                    })))
    }

    func staff(_ name: String) throws -> UInt64 { try record(.staff(.staffAdded(.with { $0.name = name }))) }

    func offers(_ staff: UInt64, _ change: (inout StaffServicesSet) -> Void) throws {
        var offers = StaffServicesSet()
        offers.staff = staff
        offers.acceptsNew = true
        change(&offers)
        try record(.staff(.staffServicesSet(offers)))
    }

    func location(
        _ name: String, zone: String = "America/New_York", requiresRoom: Bool = true
    ) throws -> UInt64 {
        try record(
            .places(
                .locationAdded(
                    .with {
                        $0.name = name
                        $0.zone = zone
                        $0.requiresRoom = requiresRoom
                    })))
    }

    func room(_ name: String, at location: UInt64, _ change: (inout RoomAdded) -> Void = { _ in }) throws -> UInt64 {
        var room = RoomAdded()
        room.location = location
        room.name = name
        room.capacity = 2
        room.concurrent = 1
        change(&room)
        return try record(.places(.roomAdded(room)))
    }

    func service(_ name: String, _ change: (inout ServiceDefined) -> Void = { _ in }) throws -> UInt64 {
        var service = ServiceDefined()
        service.name = name
        service.minutes = 50
        service.modalities = [.inPerson, .online]
        service.people = 2
        change(&service)
        return try record(.places(.serviceDefined(service)))
    }

    func client(_ number: String, givenName: UInt8 = 1, familyName: UInt8 = 2) throws -> UInt64 {
        try record(
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = number
                        $0.givenName = sealedField(givenName)
                        $0.familyName = sealedField(familyName)
                    })))
    }

    func hours(
        _ staff: UInt64, at location: UInt64?, from: String = "2026-01-01", _ blocks: [HoursBlock]
    ) throws {
        try record(
            .availability(
                .weeklyHoursSet(
                    .with {
                        $0.staff = staff
                        if let location { $0.location = location }
                        $0.zone = "America/New_York"
                        $0.effectiveFrom = from
                        $0.blocks = blocks
                    })))
    }

    func timeOff(_ staff: UInt64, _ time: PlannedTime, approved: Bool = true) throws -> UInt64 {
        let id = try record(
            .availability(
                .timeOffRequested(
                    .with {
                        $0.staff = staff
                        $0.time = time
                        $0.kind = .annual
                        $0.reason = sealedField(9)
                    })))
        if approved { try record(.availability(.timeOffApproved(.with { $0.timeOff = id }))) }
        return id
    }
}

func block(
    _ weekday: UInt32, _ from: String, _ to: String, selfBook: Bool = true, services: [UInt64] = [],
    modalities: [Modality.Value] = []
) -> HoursBlock {
    .with {
        $0.weekday = weekday
        $0.from = from
        $0.to = to
        $0.selfBook = selfBook
        $0.services = services
        $0.modalities = modalities
    }
}
