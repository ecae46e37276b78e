import Schema
import Timetable

// The wire and the timetable have words of their own for the same things; here they meet.

typealias WireModality = Schema.Modality.Value
typealias WireHoursBlock = Schema.HoursBlock

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

extension Conflict.Class {
    /// The word on the wire; nil for classes that no override can name.
    var wire: ConflictClass.Value? {
        switch self {
        case .therapistOverlap: .therapistOverlap
        case .therapistGap: .therapistGap
        case .travel: .travel
        case .cap: .cap
        case .unavailableHours: .unavailableHours
        case .unavailableTimeOff: .unavailableTimeOff
        case .clientOverlap: .clientOverlap
        case .roomOverlap: .roomOverlap
        case .capacity: .capacity
        case .staffInactive, .roomClosed, .locationClosed, .clientDischarged, .licenceExpired: nil
        }
    }
}

extension WireHoursBlock {
    /// The block as the timetable knows it; nil when it is not well formed, which a recorded one never is.
    var timetable: Timetable.HoursBlock? {
        guard let from = LocalTime(iso: from), let to = LocalTime(endIso: to) else { return nil }
        let kinds = Set(modalities.compactMap(Timetable.Modality.init))
        let offer = OpeningOffer(
            services: services.isEmpty ? nil : Set(services),
            modalities: kinds.isEmpty ? Set(Timetable.Modality.allCases) : kinds, selfBook: selfBook)
        return Timetable.HoursBlock(weekday: Int(weekday), from: from, to: to, offer: offer)
    }
}

extension WeeklyHoursSet {
    func timetable(recorded: UInt64) -> WeeklyHours? {
        guard let from = LocalDate(iso: effectiveFrom) else { return nil }
        return WeeklyHours(effectiveFrom: from, recorded: recorded, blocks: blocks.compactMap(\.timetable))
    }
}
