import Timetable

/// An appointment as the cast knows it.
struct Visit: Sendable {
    enum Status: Sendable { case booked, arrived, inSession, over }

    var id: UInt64
    var client: Int
    var therapist: Int
    var service: DemoService
    var place: DemoPlace?
    var start: LocalDateTime
    var status = Status.booked
    var revision = 0

    var ref: VisitRef { VisitRef(id: id, revision: revision) }
}
