import Schema

/// The life of an appointment: which step leads from which state. What is not here is refused (INV-SCHED-08).
enum Transition: String, CaseIterable {
    case reschedule = "moved"
    case cancel = "cancelled"
    case confirm = "confirmed"
    case checkIn = "checked in"
    case start = "started"
    case end = "ended"
    case record = "recorded afterwards"
    case noShow = "marked as missed"
    case enterInError = "marked as entered in error"

    var from: Set<AppointmentStatus.Value> {
        switch self {
        case .reschedule: [.booked, .confirmed]
        case .cancel: [.booked, .confirmed, .arrived]
        case .confirm: [.booked]
        case .checkIn: [.booked, .confirmed]
        case .start: [.booked, .confirmed, .arrived]
        case .end: [.inSession]
        case .record: [.booked, .confirmed, .arrived]
        case .noShow: [.booked, .confirmed]
        case .enterInError:
            [
                .requested, .held, .booked, .confirmed, .arrived, .inSession, .completed, .cancelled, .noShow,
                .declined, .released,
            ]
        }
    }

    func check(_ status: AppointmentStatus.Value) throws(Refusal) {
        guard from.contains(status) else {
            throw .rule(
                "INV-SCHED-08", "Not possible any more",
                "An appointment that is \(status.words) cannot be \(rawValue).")
        }
    }
}

extension AppointmentStatus.Value {
    var words: String {
        switch self {
        case .requested: "only requested"
        case .held: "held"
        case .booked: "booked"
        case .confirmed: "confirmed"
        case .arrived: "checked in"
        case .inSession: "in session"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .noShow: "missed"
        case .declined: "declined"
        case .released: "released"
        case .enteredInError: "entered in error"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }
}
