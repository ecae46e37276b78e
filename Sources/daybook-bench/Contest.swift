/// Everybody in turn within each run, so that whatever else the machine does meanwhile hits all alike.
struct Contest {
    private let plan: BookingPlan
    private let scale: Scale
    private let runs: Int
    private let rawLimit: RawLimit?
    private var daybook: Daybook?
    private let rivals: [Rival]

    /// Has everybody make the clinic, fill the first week, and show that they answer it alike.
    init(
        _ plan: BookingPlan, _ scale: Scale, runs: Int, rawLimit: RawLimit?, daemon: Daemon?, rivals: [Rival]
    ) throws {
        self.plan = plan
        self.scale = scale
        self.runs = runs
        self.rawLimit = rawLimit
        self.rivals = rivals
        for rival in rivals {
            say("making the clinic in \(rival.contestant.title)")
            try rival.prepare(plan)
        }
        if let daemon {
            say("making the clinic in Daybook")
            daybook = try Daybook(on: daemon, plan, scale)
        }
        try checkRows()
    }

    /// Measures everything once the logs have so many events.
    mutating func measure(from events: UInt64) throws -> Figures {
        var figures = Figures()
        if events > 0 {
            say("growing to \(events) events")
            try daybook?.grow(to: events)
            for rival in rivals { try rival.grow(to: events) }
        }
        for run in 1...runs {
            say("run \(run) of \(runs)")
            try measureOnce(&figures)
        }
        for rival in rivals { try rival.measureSize(&figures) }
        try daybook?.measureAlone(runs: runs, &figures)
        try checkRows()
        return figures
    }

    func stop() throws { try daybook?.stop() }

    private mutating func measureOnce(_ figures: inout Figures) throws {
        try rawLimit?.measure(&figures)
        try daybook?.measureBookings(scale, &figures)
        for rival in rivals { try rival.measureBookings(scale, &figures) }
        try daybook?.measureQuestions(scale, &figures)
        for rival in rivals { try rival.measureWeeks(scale, plan, &figures) }
    }

    /// Compares the weeks that the questions are about, row by row, with those of the plan.
    private func checkRows() throws {
        for diary in DiaryKind.allCases {
            for index in 0..<diary.count(in: plan) {
                let expected = try plan.firstWeekRows(diary, index)
                for rival in rivals {
                    try check(rival.rows(diary, index, plan), expected, rival.contestant, diary)
                }
                if let daybook { try check(daybook.rows(diary, index), expected, .daybook, diary) }
            }
        }
    }

    private func check(
        _ rows: [WeekRow], _ expected: [WeekRow], _ contestant: Contestant, _ diary: DiaryKind
    ) throws {
        guard WeekRow.agree(rows, expected) else {
            throw BenchError.unexpected(
                "\(contestant.title) answers a \(diary.title) with other rows (\(rows.count)) than were booked")
        }
    }
}
