import CalendarProjection
import Foundation
import Schema
import SwiftProtobuf
import TestKit

/// A clinic made up event by event, told to the calendar and to the model alike. All in UTC, in March 2026.
struct RandomHistory {
    /// 2026-03-02, a Monday, as days since 1970.
    static let firstDay = 20_514
    static let days = 9

    let harness: ViewHarness<CalendarView>
    var model = ModelClinic()
    var services: [(id: UInt64, event: ServiceDefined)] = []
    var clients: [UInt64] = []
    var primaries: [UInt64: UInt64] = [:]
    private var said = 0

    init(_ random: inout SeededGenerator) throws {
        harness = try ViewHarness()
        let travel = [0, 20].randomElement(using: &random) ?? 0
        model.travel = travel
        try harness.practice("UTC") { $0.defaultTravelMinutes = UInt32(travel) }
        for number in 0..<2 {
            let requiresRoom = random.chance(70)
            let id = try harness.location("L\(number)", zone: "UTC", requiresRoom: requiresRoom)
            model.locations.append((id, requiresRoom))
            for _ in 0..<Int.random(in: 0...3, using: &random) { try addRoom(at: id, &random) }
        }
        for number in 0..<2 { try addService(number, &random) }
        for number in 0..<3 { clients.append(try harness.client("C-00000\(number)")) }
        for number in 0..<3 { try addTherapist(number, &random) }
        for client in clients where random.chance(50) { try assignPrimary(of: client, &random) }
        for _ in 0..<Int.random(in: 5...60, using: &random) { try happen(&random) }
    }

    private mutating func addRoom(at location: UInt64, _ random: inout SeededGenerator) throws {
        var room = ModelClinic.Room(
            id: 0, location: location, capacity: Int.random(in: 1...4, using: &random),
            concurrent: random.chance(30) ? 2 : 1, setup: [0, 0, 10].randomElement(using: &random) ?? 0,
            turnaround: [0, 0, 15].randomElement(using: &random) ?? 0, sortKey: Int.random(in: -1...1, using: &random))
        room.id = try harness.room("R", at: location) {
            $0.capacity = UInt32(room.capacity)
            $0.concurrent = UInt32(room.concurrent)
            $0.setupMinutes = UInt32(room.setup)
            $0.turnaroundMinutes = UInt32(room.turnaround)
            $0.sortKey = Int32(room.sortKey)
        }
        model.rooms.append(room)
    }

    private mutating func addService(_ number: Int, _ random: inout SeededGenerator) throws {
        var event = ServiceDefined()
        event.minutes = [30, 50, 90].randomElement(using: &random) ?? 50
        event.bufferBeforeMinutes = [0, 0, 10].randomElement(using: &random) ?? 0
        event.bufferAfterMinutes = [0, 5, 15].randomElement(using: &random) ?? 0
        event.people = UInt32.random(in: 1...3, using: &random)
        event.modalities = [.inPerson, .online]
        services.append((try harness.service("S\(number)") { $0 = event }, event))
    }

    private mutating func addTherapist(_ number: Int, _ random: inout SeededGenerator) throws {
        var therapist = ModelClinic.Therapist(id: try harness.staff("T\(number)"))
        if random.chance(70) {
            if random.chance(50) { therapist.services = [services[Int.random(in: 0...1, using: &random)].id] }
            if random.chance(30) { therapist.dayMax = Int.random(in: 1...4, using: &random) }
            if random.chance(30) { therapist.weekMax = Int.random(in: 2...12, using: &random) }
            if random.chance(30) {
                therapist.runMax = Int.random(in: 60...200, using: &random)
                therapist.breakMin = Int.random(in: 1...20, using: &random)
            }
            if random.chance(30) { therapist.worksOnlineFrom = model.locations[0].id }
            try harness.offers(therapist.id) {
                $0.services = therapist.services?.sorted() ?? []
                $0.sessionsPerDayMax = therapist.dayMax == .max ? 0 : UInt32(therapist.dayMax)
                $0.sessionsPerWeekMax = therapist.weekMax == .max ? 0 : UInt32(therapist.weekMax)
                $0.consecutiveMinutesMax = therapist.runMax == .max ? 0 : UInt32(therapist.runMax)
                $0.breakMinutesMin = UInt32(therapist.breakMin)
                if let location = therapist.worksOnlineFrom { $0.worksOnlineFrom = location }
            }
        }
        for _ in 0..<Int.random(in: 1...4, using: &random) { try setHours(&therapist, &random) }
        if random.chance(50) {
            let place = place(&random)
            let time = time(minutes: 150, &random)
            therapist.extra.append((place, time))
            try harness.record(
                .availability(
                    .extraOpeningAdded(
                        .with {
                            $0.staff = therapist.id
                            if let place { $0.location = place }
                            $0.time = Self.planned(time)
                        })))
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let time = time(minutes: Int64.random(in: 60...1_500, using: &random), &random)
            let approved = random.chance(70)
            if approved { therapist.off.append(time) }
            _ = try harness.timeOff(therapist.id, Self.planned(time), approved: approved)
        }
        model.therapists.append(therapist)
    }

    private mutating func setHours(
        _ therapist: inout ModelClinic.Therapist, _ random: inout SeededGenerator
    ) throws {
        said += 1
        var hours = ModelClinic.Hours(
            location: place(&random), fromDay: Self.firstDay + [-30, -30, 3, 5].randomElement(using: &random)!,
            order: said, blocks: [])
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let from = Int.random(in: 0...90, using: &random) * 15
            let to = min(1_440, from + Int.random(in: 2...32, using: &random) * 15)
            hours.blocks.append((Int.random(in: 1...7, using: &random), from, to, random.chance(60)))
        }
        therapist.hours.append(hours)
        try harness.hours(
            therapist.id, at: hours.location, from: Self.date(hours.fromDay),
            hours.blocks.map {
                block(UInt32($0.weekday), Self.clock($0.from), Self.clock($0.to), selfBook: $0.selfBook)
            })
    }

    private mutating func assignPrimary(of client: UInt64, _ random: inout SeededGenerator) throws {
        let staff = model.therapists[Int.random(in: 0..<model.therapists.count, using: &random)].id
        primaries[client] = staff
        try harness.record(
            .clients(
                .careTeamMemberAssigned(
                    .with {
                        $0.client = client
                        $0.staff = staff
                        $0.role = .primary
                    })))
    }

    /// Something is booked, moved, cancelled or missed; clashes are overridden as they come.
    private mutating func happen(_ random: inout SeededGenerator) throws {
        let standing = model.appointments.indices.filter { model.appointments[$0].occupies }
        guard let index = standing.randomElement(using: &random), random.chance(30) else { return try book(&random) }
        let id = model.appointments[index].id
        switch Int.random(in: 0...3, using: &random) {
        case 0:
            var moved = anyAppointment(&random)
            moved.id = id
            moved.client = model.appointments[index].client
            model.appointments[index] = moved
            try harness.record(
                .scheduling(
                    .appointmentRescheduled(
                        .with {
                            $0.appointment = id
                            $0.arrangement = Self.arrangement(moved)
                        })))
        case 1:
            model.appointments[index].occupies = false
            try harness.record(.scheduling(.appointmentCancelled(.with { $0.appointment = id })))
        case 2:
            model.appointments[index].occupies = false
            try harness.record(.scheduling(.appointmentMarkedNoShow(.with { $0.appointment = id })))
        default:
            try harness.record(.scheduling(.sessionEnded(.with { $0.appointment = id })))
        }
    }

    private mutating func book(_ random: inout SeededGenerator) throws {
        var appointment = anyAppointment(&random)
        appointment.id = try harness.record(
            .scheduling(
                .appointmentBooked(
                    .with {
                        $0.client = appointment.client
                        $0.service = services[0].id
                        $0.arrangement = Self.arrangement(appointment)
                    })))
        model.appointments.append(appointment)
    }

    private func anyAppointment(_ random: inout SeededGenerator) -> ModelClinic.Appointment {
        let location = place(&random)
        return ModelClinic.Appointment(
            id: 0, client: clients[Int.random(in: 0..<clients.count, using: &random)],
            staff: model.therapists[Int.random(in: 0..<model.therapists.count, using: &random)].id,
            room: model.rooms.filter { $0.location == location }.randomElement(using: &random)?.id, location: location,
            time: time(minutes: [25, 50, 90].randomElement(using: &random)!, &random),
            before: [0, 0, 10].randomElement(using: &random)!, after: [0, 5, 15].randomElement(using: &random)!)
    }

    private func place(_ random: inout SeededGenerator) -> UInt64? {
        random.chance(30) ? nil : model.locations[Int.random(in: 0...1, using: &random)].id
    }

    private func time(minutes: Int64, _ random: inout SeededGenerator) -> Range<Int> {
        let start = Self.firstDay * 1_440 + Int.random(in: 0..<Self.days * 288, using: &random) * 5
        return start..<start + Int(minutes)
    }

    static func arrangement(_ appointment: ModelClinic.Appointment) -> Arrangement {
        .with {
            $0.staff = appointment.staff
            if let location = appointment.location { $0.location = location }
            if let room = appointment.room { $0.room = room }
            $0.modality = appointment.location == nil ? .online : .inPerson
            $0.time = planned(appointment.time)
            $0.bufferBeforeMinutes = UInt32(appointment.before)
            $0.bufferAfterMinutes = UInt32(appointment.after)
        }
    }

    static func planned(_ time: Range<Int>) -> PlannedTime {
        .with {
            $0.startLocal = date(time.lowerBound / 1_440) + "T" + clock(time.lowerBound % 1_440)
            $0.zone = "UTC"
            $0.startAt = Int64(time.lowerBound) * 60_000
            $0.endAt = Int64(time.upperBound) * 60_000
        }
    }

    /// Days of March 2026, or of the month before or after.
    static func date(_ day: Int) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
        return [parts.year ?? 0, parts.month ?? 0, parts.day ?? 0].map { $0 < 10 ? "0\($0)" : "\($0)" }
            .joined(separator: "-")
    }

    static func clock(_ minute: Int) -> String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
