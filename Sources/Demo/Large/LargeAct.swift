import Schema
import Timetable

/// A note that is being written.
struct LargeNote: Sendable {
    var note: UInt64 = 0
    var appointment: UInt64
    var therapist: Int
    var client: Int
    var isFree: Bool
    var revision: UInt32 = 0
}

/// What an invoice that was issued is waiting for.
struct LargeBill: Sendable {
    var client: Int
    var invoice: UInt64
    var openMinor: Int64
    var number: String
}

enum LargeCancel: Sendable { case late, early, clinic, discharged }

/// What somebody does at a time.
enum LargeAct: Sendable {
    case register(Int, acknowledging: [UInt64])
    case bookIntake(Int)
    /// Books whoever has an hour for good in this week.
    case bookStanding(Int, week: Int)
    case share(Int)
    case newPhone(Int)
    case contact(Int)
    case leave(Int)
    case confirm(VisitRef)
    case checkIn(VisitRef)
    case start(VisitRef)
    case end(VisitRef)
    case record(VisitRef)
    case miss(VisitRef)
    case cancel(VisitRef, LargeCancel)
    case move(VisitRef, LocalDateTime, isLastTry: Bool)
    case overstep(VisitRef)
    case startNote(LargeNote)
    case saveNote(LargeNote, isLast: Bool)
    case signNote(LargeNote)
    case addToNote(LargeNote)
    case lookAtChart(client: Int, therapist: Int)
    case lookAtDay(LocalDate)
    case waive(client: Int, charge: UInt64, therapist: Int)
    case discount(client: Int, charge: UInt64, minor: Int64)
    case billAll(LocalDate)
    case draftInvoice(Int)
    case issueInvoice(LargeBill)
    case pay(LargeBill, minor: Int64, mayBounce: Bool)
    case bounce(LargeBill, payment: UInt64)
    case refund(client: Int, payment: UInt64)
    case credit(LargeBill)
    case writeOff(LargeBill)
    case requestTimeOff(LargeAbsence)
    case approveTimeOff(UInt64, [UInt64], tries: Int)
    case renewTokens
    case publishPrices(year: Int)
}

/// When a therapist is away.
struct LargeAbsence: Sendable {
    var therapist: Int
    var from: LocalDate
    var days: Int
    var kind: TimeOffKind.Value
}

/// An act and its time; of those at one time, the one planned first comes first.
struct LargeCue: Comparable, Sendable {
    var atMs: Int64
    var order: Int
    var act: LargeAct

    static func < (left: LargeCue, right: LargeCue) -> Bool { (left.atMs, left.order) < (right.atMs, right.order) }
    static func == (left: LargeCue, right: LargeCue) -> Bool { left.order == right.order }
}
