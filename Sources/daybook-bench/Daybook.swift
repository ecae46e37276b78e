/// The daemon with a clinic in it, and all that is measured of it.
struct Daybook {
    private let daemon: Daemon
    private let clinic: SampleClinic
    private let plan: BookingPlan
    private var desk: BookingDesk

    /// Starts the daemon, makes the clinic, and fills every therapist's first week.
    init(on daemon: Daemon, _ plan: BookingPlan, _ scale: Scale) throws {
        self.daemon = daemon
        self.plan = plan
        _ = try daemon.start()
        clinic = try SampleClinic(on: daemon, scale)
        desk = BookingDesk(clinic, plan, on: daemon)
        try desk.fillFirstWeek()
    }

    var events: UInt64 { desk.events }

    private var questions: Questions { Questions(clinic, plan, on: daemon) }

    mutating func grow(to events: UInt64) throws { try desk.grow(to: events) }

    mutating func measureBookings(_ scale: Scale, _ figures: inout Figures) throws {
        try desk.measure(scale, &figures)
    }

    func measureQuestions(_ scale: Scale, _ figures: inout Figures) throws {
        try questions.measure(scale, &figures)
    }

    func rows(_ diary: DiaryKind, _ index: Int) throws -> [WeekRow] { try questions.rows(diary, index) }

    /// What needs nobody beside it: memory and disk, rebuilds, starts, a replay.
    mutating func measureAlone(runs: Int, _ figures: inout Figures) throws {
        try Footprint(daemon).measure(events: events, &figures)
        say("rebuilding \(events) events, \(runs) times")
        for _ in 1...runs { try Rebuilds(daemon).measure(events: events, &figures) }
        say("starting, \(runs) times")
        for ending in Ending.allCases {
            for _ in 1...runs { try measureStart(ending, &figures) }
        }
        say("replaying, \(runs) times")
        try daemon.stop()
        try replay(runs, &figures)
        _ = try daemon.start()
    }

    /// The time from exec to the first accepted command, and until every read model answers.
    private mutating func measureStart(_ ending: Ending, _ figures: inout Figures) throws {
        try ending.end(daemon)
        let events = events
        let (began, connection) = try daemon.start()
        let listening = nowNs()
        try desk.bookOnce(connection)
        let accepted = nowNs()
        try questions.waitForViews(connection)
        let answered = nowNs()
        let group = FigureName.start(ending)
        figures.add(group, "exec to listening", Double(listening - began) / 1e6, "ms")
        figures.add(group, FigureName.accepted, Double(accepted - began) / 1e6, "ms")
        figures.add(group, "exec to answers of every read model", Double(answered - began) / 1e6, "ms")
        if ending == .withoutState {
            figures.add(
                group, "replayed, all else included", Double(events) * 1e9 / Double(accepted - began), "events/s")
        }
    }

    private func replay(_ runs: Int, _ figures: inout Figures) throws {
        let replay = try PlainReplay(daemon)
        for _ in 1...runs { try replay.measure(bookings: desk.bookings, &figures) }
    }

    func stop() throws { try daemon.stop() }
}
