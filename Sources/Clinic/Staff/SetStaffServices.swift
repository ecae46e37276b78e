import Schema
import Timetable

extension SetStaffServices: Command {
    public static let permission = Permission.setStaffServices

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        let member = try state.staff(id)
        var event = StaffServicesSet()
        event.staff = id
        try checkLists(state)
        event.services = services
        event.locations = locations
        event.acceptsNew = hasAcceptsNew ? acceptsNew : true
        if hasWorksOnlineFrom {
            _ = try state.location(worksOnlineFrom, field: "worksOnlineFrom")
            event.worksOnlineFrom = worksOnlineFrom
        }
        event.homeZone = try Fields.zone(hasHomeZone ? homeZone : practice.onlineZone, "homeZone").id
        try setCaps(&event)
        guard event != member.offers else { throw Refusal.unchanged("This is what they offer already.") }
        return [Draft(event, about: [Subject(.staff, id)])]
    }

    private func checkLists(_ state: borrowing ClinicState) throws {
        try Fields.requireCount(services.count, "services", max: 1_000)
        try Fields.requireDistinct(services, "services")
        for (index, service) in services.enumerated() {
            _ = try state.service(service, field: "services[\(index)]")
        }
        try Fields.requireCount(locations.count, "locations", max: 1_000)
        try Fields.requireDistinct(locations, "locations")
        for (index, location) in locations.enumerated() {
            _ = try state.location(location, field: "locations[\(index)]")
        }
    }

    /// 0 means none, of each.
    private func setCaps(_ event: inout StaffServicesSet) throws(Refusal) {
        event.sessionsPerDayMax =
            try Fields.number(hasSessionsPerDayMax ? sessionsPerDayMax : nil, "sessionsPerDayMax", in: 0...100) ?? 0
        event.sessionsPerWeekMax =
            try Fields.number(hasSessionsPerWeekMax ? sessionsPerWeekMax : nil, "sessionsPerWeekMax", in: 0...700) ?? 0
        event.consecutiveMinutesMax =
            try Fields.number(
                hasConsecutiveMinutesMax ? consecutiveMinutesMax : nil, "consecutiveMinutesMax", in: 0...1_440) ?? 0
        event.breakMinutesMin =
            try Fields.number(hasBreakMinutesMin ? breakMinutesMin : nil, "breakMinutesMin", in: 0...480) ?? 0
        guard event.breakMinutesMin == 0 || event.consecutiveMinutesMax != 0 else {
            throw .field(
                "consecutiveMinutesMax", "`consecutiveMinutesMax` is missing: after how many minutes the break is due.")
        }
    }
}
