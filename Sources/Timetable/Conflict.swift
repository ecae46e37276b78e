/// One reason why an appointment cannot be where it is wanted, and the appointment in its way, if one is.
public struct Conflict: Hashable, Sendable {
    /// In the order in which they are reported.
    public enum Class: String, Hashable, Sendable, CaseIterable {
        case therapistOverlap = "therapist_overlap"
        case therapistGap = "therapist_gap"
        case travel
        case cap
        case unavailableHours = "unavailable_hours"
        case unavailableTimeOff = "unavailable_time_off"
        case clientOverlap = "client_overlap"
        case roomOverlap = "room_overlap"
        case capacity
        case staffInactive = "staff_inactive"
        case roomClosed = "room_closed"
        case locationClosed = "location_closed"
        case clientDischarged = "client_discharged"
        case licenceExpired = "licence_expired"

        /// Whether anybody at all may book in spite of it (INV-SCHED-19). A client overlap also needs one of the two to
        /// be supportive.
        public var isOverridable: Bool {
            switch self {
            case .therapistOverlap, .therapistGap, .travel, .cap, .unavailableHours, .unavailableTimeOff,
                .clientOverlap:
                true
            case .roomOverlap, .capacity, .staffInactive, .roomClosed, .locationClosed, .clientDischarged,
                .licenceExpired:
                false
            }
        }

        var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    public let kind: Class
    /// The other appointment; nil where none is in the way, as outside opening hours.
    public let appointment: UInt64?

    public init(_ kind: Class, with appointment: UInt64? = nil) {
        self.kind = kind
        self.appointment = appointment
    }
}

extension Conflict: Comparable {
    /// By class, then by appointment.
    public static func < (left: Conflict, right: Conflict) -> Bool {
        if left.kind != right.kind { return left.kind.order < right.kind.order }
        guard let leftId = left.appointment else { return right.appointment != nil }
        guard let rightId = right.appointment else { return false }
        return leftId < rightId
    }
}
