import Timetable

/// Bookings after all others, each moved between two hours of its own: a log grows by them, a calendar does not.
struct MovingBookings {
    private struct Moving {
        let appointment: UInt64
        let hours: (LocalDateTime, LocalDateTime)
        var isAtSecond = false
    }

    private var all: [Moving] = []
    private var turn = 0

    init() {}

    /// Books them, twenty for each therapist.
    init(_ clinic: SampleClinic, _ plan: BookingPlan, on daemon: Daemon) throws {
        let connection = try SocketConnection(path: daemon.socketPath)
        for index in 0..<BookingPlan.movingPerTherapist {
            for therapist in 0..<plan.therapists {
                let hours = try plan.movingHours(index)
                // Each of the therapist's own clients in turn.
                let client = therapist + index % (plan.clients / plan.therapists) * plan.therapists
                let booking = BookingPlan.Booking(therapist: therapist, client: client, start: hours.0)
                let answer = try connection.exchange(clinic.command(booking))
                try answer.require(201)
                all.append(Moving(appointment: try answer.decoded(Founded.self).id, hours: hours))
            }
        }
    }

    var isEmpty: Bool { all.isEmpty }
    var count: Int { all.count }

    /// The next so many moves. There are more bookings than connections, so that no two moves of one are under way.
    mutating func moves(_ count: Int) -> [[UInt8]] {
        (0..<count).map { _ in
            defer { turn = (turn + 1) % all.count }
            all[turn].isAtSecond.toggle()
            let moving = all[turn]
            let start = moving.isAtSecond ? moving.hours.1 : moving.hours.0
            return HTTPRequest.command(
                "RescheduleAppointment", #"{"appointment":\#(moving.appointment),"start":"\#(start)"}"#)
        }
    }
}
