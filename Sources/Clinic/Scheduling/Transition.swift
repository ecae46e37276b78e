import Schema

/// The steps of an appointment's life: from where each may be taken, and where it leads. A pair that is not listed is
/// refused (INV-SCHED-08).
enum Transition: CaseIterable {
    case confirm, reschedule, cancel, checkIn, startSession, endSession, recordSession, markNoShow, markEnteredInError

    typealias Status = AppointmentStatus.Value

    var from: [Status] { row.from }
    var to: Status { row.to }

    private var row: (from: [Status], to: Status, done: String) {
        switch self {
        case .confirm: ([.booked], .confirmed, "confirmed")
        case .reschedule: ([.booked, .confirmed], .booked, "moved")
        case .cancel: ([.booked, .confirmed, .arrived], .cancelled, "cancelled")
        case .checkIn: ([.booked, .confirmed], .arrived, "checked in")
        case .startSession: ([.booked, .confirmed, .arrived], .inSession, "started")
        case .endSession: ([.inSession], .completed, "ended")
        case .recordSession: ([.booked, .confirmed, .arrived], .completed, "recorded as held")
        case .markNoShow: ([.booked, .confirmed], .noShow, "marked as a no-show")
        case .markEnteredInError: (Self.everyOther, .enteredInError, "marked as entered in error")
        }
    }

    /// Whatever it has come to, it may have been a mistake from the beginning (INV-SCHED-26).
    private static let everyOther = Status.allCases.filter { $0 != .unspecified && $0 != .enteredInError }

    /// Refuses the step from a state that it does not start from.
    func require(from status: Status) throws(Refusal) {
        guard !from.contains(status) else { return }
        let allowed = from.map(\.words).joined(separator: " or ")
        let only = self == .markEnteredInError ? "" : " Only one that is \(allowed) can be \(row.done)."
        throw Refusal.rule("INV-SCHED-08", "Not possible now", "This appointment is \(status.words).\(only)")
    }
}

extension AppointmentStatus.Value {
    /// As in "This appointment is …".
    var words: String {
        switch self {
        case .requested: "requested"
        case .held: "held"
        case .booked: "booked"
        case .confirmed: "confirmed"
        case .arrived: "checked in"
        case .inSession: "in session"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .noShow: "marked as a no-show"
        case .declined: "declined"
        case .released: "released"
        case .enteredInError: "marked as entered in error"
        case .unspecified, .UNRECOGNIZED: "in an unknown state"
        }
    }
}
