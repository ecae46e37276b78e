import EventStore
import Schema

/// Reads the whole log as a replay does: every record seen and checked against its leaf, the bookings among them decoded
/// and counted by therapist.
struct PlainReplay {
    private let log: EventLog

    /// - Parameter daemon: ended, for the log is opened here.
    init(_ daemon: Daemon) throws { log = try EventLog(opening: daemon.dataDirectory) }

    func measure(bookings expected: Int, _ figures: inout Figures) throws {
        var booked: [UInt64: Int] = [:]
        var bytes = 0
        let began = nowNs()
        try log.readAll(from: 0, upTo: log.size) { _, record in
            bytes += record.count
            guard try RecordView.type(of: record) == AppointmentBooked.type else { return }
            let view = try RecordView(copying: record)
            booked[try view.event(AppointmentBooked.self).arrangement.staff, default: 0] += 1
        }
        let tookNs = nowNs() - began
        let found = booked.values.reduce(0, +)
        guard found == expected else {
            throw BenchError.unexpected("the log has \(found) bookings of \(expected)")
        }
        figures.add(FigureName.replay, FigureName.events, Double(log.size) * 1e9 / Double(tookNs), "events/s")
        figures.add(FigureName.replay, "mean record", Double(bytes) / Double(log.size), "bytes")
    }
}
