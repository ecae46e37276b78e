import Timetable

/// A fictional client, and how they come to be seen.
struct DemoClient: Sendable {
    var givenName: String
    var familyName: String
    /// Nil when it is not known.
    var born: LocalDate?
    var email: String
    var phone: String
    /// For a minor.
    var consent: String?
    var remark: String?
    var therapist: Int
    var service: DemoService
    /// Nil for those who come only by single appointments.
    var slot: StandingSlot?
    /// Counted from the first week of sessions; negative for those on file before it.
    var registeredInWeek: Int
    var intakeInWeek: Int?

    /// Once registered.
    var id: UInt64?
    var bookedThroughWeek = -1
    var hasLeft = false
}
