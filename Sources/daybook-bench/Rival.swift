import Foundation

/// A database that makes the bookings of the plan, through a program of tools/lib/bench.
final class Rival {
    let contestant: Contestant
    private let executable: String
    private let place: String
    private let planPath: String
    /// The number of the plan's next booking.
    private var next = 0

    /// - Parameter place: what its program connects to or opens.
    init(_ contestant: Contestant, executable: String, place: String, planPath: String) {
        self.contestant = contestant
        self.executable = executable
        self.place = place
        self.planPath = planPath
    }

    /// Makes the tables and the people, and fills every therapist's first week.
    func prepare(_ plan: BookingPlan) throws {
        _ = try run("make", "\(plan.therapists)", "\(plan.clients)")
        _ = try book(plan.firstWeekCount, connections: 16)
        _ = try run("settle")
    }

    func version() throws -> String { try run("version").trimmingCharacters(in: .newlines) }

    /// Adds event rows until there are so many.
    func grow(to events: UInt64) throws { _ = try run("grow", "\(events)") }

    /// One run's bookings over ever more connections.
    func measureBookings(_ scale: Scale, _ figures: inout Figures) throws {
        for (connections, count) in scale.bookings {
            let group = FigureName.bookings(contestant, connections)
            let timings = try book(count, connections: connections)
            figures.add(group, FigureName.rate, timings.perSecond, "/s")
            figures.add(group, timings, tail: true)
        }
    }

    /// One run's questions after a week.
    func measureWeeks(_ scale: Scale, _ plan: BookingPlan, _ figures: inout Figures) throws {
        for diary in DiaryKind.allCases {
            let week = plan.firstWeek
            let timings = try Tool.timings(
                executable,
                [
                    place, "week", diary.rawValue, "\(diary.count(in: plan))", "\(week.startMs)", "\(week.endMs)",
                    "\(diary.questions(scale))",
                ])
            figures.add(FigureName.week(contestant, diary), timings)
        }
    }

    /// What it answers when asked for the first week.
    func rows(_ diary: DiaryKind, _ index: Int, _ plan: BookingPlan) throws -> [WeekRow] {
        let week = plan.firstWeek
        let printed = try run("rows", diary.rawValue, "\(index)", "\(week.startMs)", "\(week.endMs)")
        return try printed.split(separator: "\n").map { line in
            let numbers = line.split(separator: " ").compactMap { Int64($0) }
            guard numbers.count == 5 else { throw BenchError.unexpected("\(contestant.title) answered \(line)") }
            return WeekRow(
                therapist: Int(numbers[0]), client: Int(numbers[1]), room: Int(numbers[2]), startMs: numbers[3],
                endMs: numbers[4])
        }
    }

    func measureSize(_ figures: inout Figures) throws {
        let numbers = try run("size").split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 2 else { throw BenchError.unexpected("\(contestant.title) has no size") }
        figures.add(
            FigureName.disk, "\(contestant.title), bookings and events", numbers[0] / max(1, numbers[1]), "bytes/event")
    }

    private func book(_ count: Int, connections: Int) throws -> Timings {
        defer { next += count }
        return try Tool.timings(executable, [place, "book", planPath, "\(next)", "\(count)", "\(connections)"])
    }

    private func run(_ arguments: String...) throws -> String { try Tool.output(executable, [place] + arguments) }
}
