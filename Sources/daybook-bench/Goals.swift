/// The goals, measured by the figures of a stage.
struct Goals {
    let all: [Goal]

    /// - Parameter smallest: the figures of the smallest log, when there was more than one size.
    init(_ figures: Figures, smallest: Figures?) {
        all =
            Self.bookings(figures) + Self.replays(figures) + Self.questions(figures) + Self.daemon(figures)
            + Self.growth(figures, smallest)
    }

    private static func bookings(_ figures: Figures) -> [Goal] {
        let many = FigureName.bookings(.daybook, 64)
        return [
            Goal(
                name: "durable bookings, 64 connections", bound: .atLeast(10_000), unit: "/s",
                measured: figures.median(many, FigureName.rate)),
            Goal(
                name: "the same against PostgreSQL, 64 connections", bound: .atLeast(3), unit: "×",
                measured: overPostgres(figures, 64, FigureName.rate)),
            Goal(
                name: "the same against PostgreSQL, 16 connections", bound: .atLeast(2), unit: "×",
                measured: overPostgres(figures, 16, FigureName.rate)),
            Goal(
                name: "a booking's p99, 64 connections", bound: .atMost(50), unit: "ms",
                measured: figures.median(many, FigureName.p99)),
            Goal(
                name: "one client's p50 against a raw commit and an empty round trip", bound: .atMost(1.5), unit: "×",
                measured: figures.median(FigureName.inTurn, FigureName.againstFloor)),
            Goal(
                name: "one client's p50 against PostgreSQL's", bound: .atMost(1.2), unit: "×",
                measured: overPostgres(figures, 1, FigureName.p50)),
        ]
    }

    private static func replays(_ figures: Figures) -> [Goal] {
        [
            Goal(
                name: "plain replay", bound: .atLeast(1_000_000), unit: "events/s",
                measured: figures.median(FigureName.replay, FigureName.events)),
            Goal(
                name: "rebuild of all read models together", bound: .atLeast(250_000), unit: "events/s",
                measured: figures.median(FigureName.rebuild, FigureName.allViews)),
        ]
    }

    private static func questions(_ figures: Figures) -> [Goal] {
        func week(_ diary: DiaryKind, _ form: AnswerForm) -> Double? {
            ratio(
                figures, FigureName.week(.daybook, diary, form), FigureName.week(.postgres, diary), FigureName.p50)
        }
        return [
            Goal(
                name: "\(DiaryKind.therapist.title), Protobuf, p50 against PostgreSQL's", bound: .atMost(1), unit: "×",
                measured: week(.therapist, .protobuf)),
            Goal(
                name: "\(DiaryKind.therapist.title), JSON, p50 against PostgreSQL's", bound: .atMost(1.5), unit: "×",
                measured: week(.therapist, .json)),
            Goal(
                name: "\(DiaryKind.location.title), Protobuf, p50 against PostgreSQL's", bound: .atMost(0.5), unit: "×",
                measured: week(.location, .protobuf)),
            Goal(
                name: "\(FigureName.freeSlots), p50", bound: .atMost(5), unit: "ms",
                measured: figures.median(FigureName.freeSlots, FigureName.p50)),
        ]
    }

    private static func daemon(_ figures: Figures) -> [Goal] {
        let starts = [Ending.orderly, .killed, .otherBoot].map { ending in
            Goal(
                name: "commands accepted \(ending.rawValue)", bound: .atMost(1_000), unit: "ms",
                measured: figures.median(FigureName.start(ending), FigureName.accepted))
        }
        let memory = Goal(
            name: "RssAnon", bound: .atMost(200), unit: "MiB",
            measured: figures.median(FigureName.memory, FigureName.anonymous))
        return starts + [memory]
    }

    private static func growth(_ figures: Figures, _ smallest: Figures?) -> [Goal] {
        guard let smallest else { return [] }
        let group = FigureName.bookings(.daybook, 64)
        let rates = smallest.median(group, FigureName.rate).flatMap { small in
            figures.median(group, FigureName.rate).map { small / $0 }
        }
        return [
            Goal(
                name: "time of a booking, 64 connections, in the largest log against the smallest",
                bound: .atMost(1.3), unit: "×", measured: rates)
        ]
    }

    private static func overPostgres(_ figures: Figures, _ connections: Int, _ name: String) -> Double? {
        ratio(
            figures, FigureName.bookings(.daybook, connections), FigureName.bookings(.postgres, connections), name)
    }

    private static func ratio(_ figures: Figures, _ group: String, _ other: String, _ name: String) -> Double? {
        guard let figure = figures.find(group, name), let other = figures.find(other, name) else { return nil }
        return figure.ratio(to: other)
    }
}
