import EventStore
import Schema

/// Reads the whole log as a replay does: every record seen and checked against its leaf, the bookings among them decoded
/// and counted by therapist.
struct PlainReplay {
    private let log: EventLog

    /// - Parameter daemon: ended, for the log is opened here.
    init(_ daemon: Daemon) throws { log = try EventLog(opening: daemon.dataDirectory) }

    /// The first of several passes meets cold pages and cold code, as a process that has just started does; the middle one
    /// tells what a long replay does.
    private static let passes = 5

    func measure(bookings expected: Int, _ figures: inout Figures) throws {
        var speeds: [Double] = []
        var bytes = 0
        for _ in 0..<Self.passes {
            var booked: [UInt64: Int] = [:]
            bytes = 0
            let began = nowNs()
            try log.readAll(from: 0, upTo: log.size) { _, record in
                bytes += record.count
                guard try RecordView.type(of: record) == AppointmentBooked.type else { return }
                let view = try RecordView(copying: record)
                booked[try view.event(AppointmentBooked.self).arrangement.staff, default: 0] += 1
            }
            speeds.append(Double(log.size) * 1e9 / Double(nowNs() - began))
            let found = booked.values.reduce(0, +)
            guard found == expected else {
                throw BenchError.unexpected("the log has \(found) bookings of \(expected)")
            }
        }
        figures.add(FigureName.replay, "first pass", speeds[0], "events/s")
        figures.add(FigureName.replay, FigureName.events, speeds.sorted()[Self.passes / 2], "events/s")
        figures.add(FigureName.replay, "mean record", Double(bytes) / Double(log.size), "bytes")
    }
}
