import Foundation
import Timetable

/// What is asked all day: a therapist's week, and free times.
struct Questions {
    private let clinic: SampleClinic
    private let daemon: Daemon
    private let week: (from: String, to: String)

    init(_ clinic: SampleClinic, on daemon: Daemon) throws {
        self.clinic = clinic
        self.daemon = daemon
        let monday = try BookingPlan(clinic.scale).firstMonday
        guard let next = monday.adding(days: 7) else { throw BenchError.unexpected("beyond the calendar") }
        week = (monday.description, next.description)
    }

    func measure(_ scale: Scale, _ figures: inout Figures) throws {
        let agendas = clinic.therapists.map { "/v1/queries/Agenda?staff=\($0)&from=\(week.from)&to=\(week.to)" }
        try checkRows(agendas[0])
        let rows = "week agenda, \(BookingPlan.weekRows) rows"
        try ask(agendas, scale.questions, "\(rows), JSON", &figures)
        try ask(agendas, scale.questions, "\(rows), Protobuf", accept: "application/x-protobuf", &figures)
        // Later weeks, which are never quite full.
        let later = try laterWeek()
        let slots = clinic.therapists.map {
            "/v1/queries/FreeSlots?service=\(clinic.service)&staff=\($0)&from=\(later.from)&to=\(later.to)"
        }
        try ask(slots, scale.questions, "free slots of one therapist, 1 week", &figures)
        let anyone = "/v1/queries/FreeSlots?service=\(clinic.service)&from=\(later.from)&to=\(later.to)"
        // It looks at everyone's diary, so that fewer are enough.
        try ask([anyone], max(20, scale.questions / 10), "free slots of anyone, 1 week, first 50", &figures)
    }

    private func laterWeek() throws -> (from: String, to: String) {
        let monday = try BookingPlan(clinic.scale).firstMonday
        guard let from = monday.adding(days: 7 * 60), let to = monday.adding(days: 7 * 61) else {
            throw BenchError.unexpected("beyond the calendar")
        }
        return (from.description, to.description)
    }

    /// Asks each once without a clock, so that who looked at whom is on record, then in turn with it.
    private func ask(
        _ targets: [String], _ count: Int, _ group: String, accept: String = "application/json",
        _ figures: inout Figures
    ) throws {
        let requests = targets.map { HTTPRequest.get($0, accept: accept) }
        _ = try LoadGenerator(socketPath: daemon.socketPath, requests: requests, expectedStatus: 200)
            .drive(connections: 1)
        let turns = (0..<count).map { requests[$0 % requests.count] }
        let load = LoadGenerator(socketPath: daemon.socketPath, requests: turns, expectedStatus: 200)
        let (timings, last) = try load.drive(connections: 1)
        figures.add(group, timings)
        figures.add(group, "answer", Double(last.body.count) / 1_024, "KiB")
    }

    private func checkRows(_ target: String) throws {
        struct Answer: Decodable {
            struct Row: Decodable {}
            let rows: [Row]
        }
        let answer = try SocketConnection(path: daemon.socketPath).exchange(HTTPRequest.get(target))
        try answer.require(200)
        let count = try answer.decoded(Answer.self).rows.count
        guard count == BookingPlan.weekRows else {
            throw BenchError.unexpected("a full week has \(count) rows instead of \(BookingPlan.weekRows)")
        }
    }
}
