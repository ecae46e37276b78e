import Timetable
import Schema

extension SetStaffServices: Command {
    public static let permission = Permission.setStaffServices

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of a member of staff")
        let practice = try state.requirePractice().practice
        let before = try state.staff(id)
        for (index, service) in services.enumerated() { _ = try state.service(service, field: "services[\(index)]") }
        for (index, place) in locations.enumerated() { _ = try state.location(place, field: "locations[\(index)]") }
        if hasWorksOnlineFrom { _ = try state.location(worksOnlineFrom, field: "worksOnlineFrom") }
        var event = StaffServicesSet()
        event.staff = id
        event.services = Array(Set(services)).sorted()
        event.locations = Array(Set(locations)).sorted()
        event.acceptsNew = hasAcceptsNew ? acceptsNew : true
        event.sessionsPerDayMax = try Fields.bounded(sessionsPerDayMax, 0...48, "sessionsPerDayMax")
        event.sessionsPerWeekMax = try Fields.bounded(sessionsPerWeekMax, 0...336, "sessionsPerWeekMax")
        event.consecutiveMinutesMax = try Fields.bounded(consecutiveMinutesMax, 0...1_440, "consecutiveMinutesMax")
        event.breakMinutesMin = try Fields.bounded(breakMinutesMin, 0...720, "breakMinutesMin")
        if hasWorksOnlineFrom { event.worksOnlineFrom = worksOnlineFrom }
        event.homeZone = try Fields.zone(hasHomeZone ? homeZone : practice.onlineZone, "homeZone").id
        guard event != before.offers else { throw Refusal.unchanged("This is what they offer already.") }
        return [Draft(event, about: [Subject(.staff, id)])]
    }
}
