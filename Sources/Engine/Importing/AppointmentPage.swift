import Interchange

/// Rows that wait to be booked together, and the times of those that are. No two that wait are in each other's way.
struct AppointmentPage {
    private static let most = 200

    private(set) var waiting: [(row: Interchange.AppointmentRow, fitted: FittedAppointment)] = []
    private var waitingTimes = TakenTimes()
    private var taken = TakenTimes()

    var isFull: Bool { waiting.count >= Self.most }

    /// Whether a row that still waits would be in the way.
    func mayBlock(_ row: Interchange.AppointmentRow) -> Bool { !waitingTimes.clashes(with: row).isEmpty }

    /// The imported rows that are in the way.
    func clashes(with row: Interchange.AppointmentRow) -> [ImportPlan.Clash] { taken.clashes(with: row) }

    mutating func add(_ row: Interchange.AppointmentRow, _ fitted: FittedAppointment) {
        waiting.append((row, fitted))
        waitingTimes.take(row)
    }

    mutating func takeWaiting() -> [(row: Interchange.AppointmentRow, fitted: FittedAppointment)] {
        defer {
            waiting = []
            waitingTimes = TakenTimes()
        }
        return waiting
    }

    /// The row is imported. One that was before may have been changed in the sheet since, so that it fits no more; then the
    /// calendar on file alone counts.
    mutating func keep(_ row: Interchange.AppointmentRow) {
        if taken.clashes(with: row).isEmpty { taken.take(row) }
    }
}
