import Schema
import Timetable

// The wire and the timetable have words of their own for the same things; here they meet.

typealias WireModality = Schema.Modality.Value

extension Timetable.Modality {
    init?(_ wire: WireModality) {
        switch wire {
        case .inPerson: self = .inPerson
        case .online: self = .online
        case .phone: self = .phone
        case .homeVisit: self = .homeVisit
        case .outreach: self = .outreach
        case .unspecified, .UNRECOGNIZED: return nil
        }
    }
}

extension Place {
    init(_ modality: WireModality, location: UInt64?) {
        switch modality {
        case .online: self = .online
        case .phone: self = .phone
        case .homeVisit, .outreach: self = .home(travelMinutes: 0)
        case .inPerson, .unspecified, .UNRECOGNIZED: self = location.map(Place.location) ?? .online
        }
    }
}

extension WeeklyHoursSet {
    /// The version as the timetable knows it; nil when it is not well formed, which a recorded one never is.
    func timetable(recorded: UInt64) -> WeeklyHours? {
        guard let from = LocalDate(iso: effectiveFrom) else { return nil }
        return WeeklyHours(effectiveFrom: from, recorded: recorded, blocks: blocks.compactMap(\.timetable))
    }
}

extension Schema.HoursBlock {
    fileprivate var timetable: Timetable.HoursBlock? {
        guard let from = LocalTime(iso: from), let to = LocalTime(endIso: to) else { return nil }
        let kinds = Set(modalities.compactMap(Timetable.Modality.init))
        let offer = OpeningOffer(
            services: services.isEmpty ? nil : Set(services),
            modalities: kinds.isEmpty ? Set(Timetable.Modality.allCases) : kinds, selfBook: selfBook)
        return Timetable.HoursBlock(weekday: Int(weekday), from: from, to: to, offer: offer)
    }
}

extension Caps {
    init(_ offers: StaffServicesSet) {
        func limit(_ value: UInt32) -> Int? { value == 0 ? nil : Int(value) }
        self.init(
            maxSessionsPerDay: limit(offers.sessionsPerDayMax), maxSessionsPerWeek: limit(offers.sessionsPerWeekMax),
            maxConsecutiveMinutes: limit(offers.consecutiveMinutesMax),
            minBreakMinutes: max(1, Int(offers.breakMinutesMin)))
    }
}
