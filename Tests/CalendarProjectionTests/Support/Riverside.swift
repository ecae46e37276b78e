import CalendarProjection
import Schema
import SwiftProtobuf
import TestKit

/// A practice in New York with two therapists, two rooms and two clients.
struct Riverside {
    let harness: ViewHarness<CalendarView>
    let anna: UInt64
    let ben: UInt64
    let house: UInt64
    let blue: UInt64
    let green: UInt64
    let therapy: UInt64
    let carla: UInt64
    let david: UInt64

    init(onlineZone: String? = nil) throws {
        harness = try ViewHarness()
        try harness.practice(onlineZone: onlineZone)
        anna = try harness.staff("Anna Roth")
        ben = try harness.staff("Ben Okafor")
        house = try harness.location("River House")
        blue = try harness.room("Blue", at: house)
        green = try harness.room("Green", at: house) { $0.capacity = 6 }
        therapy = try harness.service("Therapy")
        carla = try harness.client("C-000001", givenName: 11, familyName: 12)
        david = try harness.client("C-000002", givenName: 21, familyName: 22)
    }

    func arrangement(
        _ start: String, minutes: Int64 = 50, staff: UInt64? = nil, room: UInt64? = nil,
        zone: String = "America/New_York"
    ) throws -> Arrangement {
        var arrangement = Arrangement()
        arrangement.staff = staff ?? anna
        arrangement.location = house
        arrangement.room = room ?? blue
        arrangement.modality = .inPerson
        arrangement.time = try planned(start, minutes: minutes, zone)
        return arrangement
    }

    /// Carla with Anna in the blue room, unless told otherwise.
    func book(
        _ start: String, minutes: Int64 = 50, client: UInt64? = nil, staff: UInt64? = nil, room: UInt64? = nil
    ) throws -> UInt64 {
        try book(try arrangement(start, minutes: minutes, staff: staff, room: room), client: client)
    }

    func book(_ arrangement: Arrangement, client: UInt64? = nil) throws -> UInt64 {
        try harness.record(
            .scheduling(
                .appointmentBooked(
                    .with {
                        $0.client = client ?? carla
                        $0.service = therapy
                        $0.arrangement = arrangement
                        $0.price.minor = 12_000
                        $0.price.currency = "USD"
                    })))
    }

    func cancel(_ appointment: UInt64, late: Bool = false) throws {
        try harness.record(
            .scheduling(
                .appointmentCancelled(
                    .with {
                        $0.appointment = appointment
                        $0.late = late
                    })))
    }

    func agenda(
        _ from: String?, _ to: String? = nil, all: Bool = false, _ change: (inout Agenda) -> Void = { _ in }
    ) throws -> [AppointmentRow] {
        var query = Agenda()
        if let from { query.from = from }
        if let to { query.to = to }
        if all { query.all = true }
        change(&query)
        return try harness.ask(query).rows
    }

    func show(_ appointment: UInt64) throws -> AppointmentRow {
        try harness.ask(.with { $0.appointment = appointment } as ShowAppointment).row
    }

    func slots(_ change: (inout FreeSlots) -> Void) throws -> [SlotRow] {
        var query = FreeSlots()
        query.service = therapy
        query.limit = 500
        change(&query)
        return try harness.ask(query).rows
    }
}
