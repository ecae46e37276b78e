import Timetable

/// An appointment as the cast knows it.
struct LargeVisit: Sendable {
    var id: UInt64
    var client: Int
    var therapist: Int
    var service: DemoService
    var isOnline: Bool
    /// By the clock that it was booked by.
    var start: LocalDateTime
    var startMs: Int64
    var priceMinor: Int64
    var isStanding: Bool
    var status = Visit.Status.booked
    var revision = 0

    var ref: VisitRef { VisitRef(id: id, revision: revision) }
}
