import Schema
import Timetable

/// An appointment as it stood when something was planned for it; what was planned for an earlier arrangement lapses.
struct VisitRef: Hashable, Sendable {
    var id: UInt64
    var revision: Int
}

/// An appointment that is to be made.
struct Booking: Sendable {
    enum Kind: Sendable { case standing, intake, outsideHours, joint, mistaken, afterwards }

    var kind: Kind
    var client: Int
    var therapist: Int
    var service: DemoService
    /// Nil is online.
    var place: DemoPlace?
    var start: LocalDateTime
}

/// Why and how an appointment is cancelled.
struct Cancellation: Sendable {
    var by: RequestedBy.Value
    var reason: CancellationReason.Value
    var note: String?
    /// When notice was given, if not now.
    var notice: LocalDateTime?
    var member: Member
}

/// What somebody does at a time.
enum Act: Sendable {
    case register(Int, acknowledging: [UInt64])
    case share(Int)
    /// Books whoever comes for good, as far ahead as the practice does.
    case planClient(Int)
    case planWeek(Int)
    case leave(Int)
    case newPhone(Int)
    case contact(Int)
    case book(Booking)
    case confirm(VisitRef)
    case checkIn(VisitRef)
    case start(VisitRef)
    case end(VisitRef)
    case record(VisitRef)
    case miss(VisitRef)
    case cancel(VisitRef, Cancellation)
    case move(VisitRef, LocalDateTime, isLastTry: Bool)
    case enteredInError(VisitRef)
    case requestTimeOff(Absence)
    case approveTimeOff(UInt64, [TimeOffResolution])
    case openExtra(therapist: Int, LocalDate)
    case lookAtDay(LocalDate)
    case lookAtHistory(VisitRef)
    /// Somebody tries what their role does not permit.
    case overstep(VisitRef)
    case audit
    case renewTokens
}

/// When somebody is away.
struct Absence: Sendable {
    var therapist: Int
    var from: LocalDate
    var to: LocalDate
    var kind: TimeOffKind.Value
    var reason: String
    var isApproved: Bool
}

/// An act and its time; of those at one time, the one planned first comes first.
struct Cue: Comparable, Sendable {
    var atMs: Int64
    var order: Int
    var act: Act

    static func < (left: Cue, right: Cue) -> Bool { (left.atMs, left.order) < (right.atMs, right.order) }
    static func == (left: Cue, right: Cue) -> Bool { left.order == right.order }
}
