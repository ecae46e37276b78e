import Foundation

/// What is asked all day: the weeks of a therapist and of a location, and free times.
struct Questions {
    private let clinic: SampleClinic
    private let daemon: Daemon
    private let plan: BookingPlan

    init(_ clinic: SampleClinic, _ plan: BookingPlan, on daemon: Daemon) {
        self.clinic = clinic
        self.plan = plan
        self.daemon = daemon
    }

    func measure(_ scale: Scale, _ figures: inout Figures) throws {
        for diary in DiaryKind.allCases {
            let agendas = try (0..<diary.count(in: plan)).map { try agenda(diary, $0) }
            for form in AnswerForm.allCases {
                try ask(agendas, diary.questions(scale), FigureName.week(.daybook, diary, form), form, &figures)
            }
        }
        // Later weeks, which are never quite full.
        let week = try plan.week(60)
        let slots = clinic.therapists.map {
            "/v1/queries/FreeSlots?service=\(clinic.service)&staff=\($0)&from=\(week.from)&to=\(week.to)"
        }
        try ask(slots, scale.questions, "free slots of one therapist, 1 week", .json, &figures)
        let fortnight = try plan.week(60, days: 14)
        let anyone = """
            /v1/queries/FreeSlots?service=\(clinic.service)&from=\(fortnight.from)&to=\(fortnight.to)&limit=500
            """
        // It looks at everyone's diary, so that fewer are enough.
        try ask([anyone], max(20, scale.questions / 10), FigureName.freeSlots, .json, &figures)
    }

    private func agenda(_ diary: DiaryKind, _ index: Int) throws -> String {
        let week = try plan.week(0)
        let whose =
            switch diary {
            case .therapist: "staff=\(clinic.therapists[index])"
            case .location: "location=\(clinic.locations[index])"
            }
        return "/v1/queries/Agenda?\(whose)&from=\(week.from)&to=\(week.to)"
    }

    /// Asks each once without a clock, so that who looked at whom is on record, then in turn with it.
    private func ask(
        _ targets: [String], _ count: Int, _ group: String, _ form: AnswerForm, _ figures: inout Figures
    ) throws {
        let requests = targets.map { HTTPRequest.get($0, accept: form.mediaType) }
        _ = try LoadGenerator(socketPath: daemon.socketPath, requests: requests, expectedStatus: 200)
            .drive(connections: 1)
        let turns = (0..<count).map { requests[$0 % requests.count] }
        let load = LoadGenerator(socketPath: daemon.socketPath, requests: turns, expectedStatus: 200)
        let (timings, last) = try load.drive(connections: 1)
        figures.add(group, timings)
        figures.add(group, "answer", Double(last.body.count) / 1_024, "KiB")
    }

    /// Returns once every read model has answered; those that are rebuilt say meanwhile that they are.
    func waitForViews(_ connection: SocketConnection) throws {
        let targets = [
            try agenda(.therapist, 0), "/v1/queries/ClientHistory?client=\(clinic.clients[0])&limit=1",
            "/v1/queries/AuditTrail?limit=1", "/v1/queries/ListStaff",
        ]
        for target in targets { try connection.exchangeServed(HTTPRequest.get(target)).require(200) }
    }

    /// What the daemon answers when asked for the first week, with names in clear.
    func rows(_ diary: DiaryKind, _ index: Int) throws -> [WeekRow] {
        struct Answer: Decodable {
            struct Row: Decodable {
                struct Name: Decodable { let text: String }
                let client: UInt64
                let staff: UInt64
                let room: UInt64
                let startAt: Int64
                let endAt: Int64
                let clientFamilyName: Name
            }
            let rows: [Row]
        }
        let request = HTTPRequest.get(try agenda(diary, index))
        let answer = try SocketConnection(path: daemon.socketPath).exchange(request)
        try answer.require(200)
        return try answer.decoded(Answer.self).rows.map { row in
            guard let therapist = clinic.therapists.firstIndex(of: row.staff),
                let client = clinic.clients.firstIndex(of: row.client),
                let room = clinic.rooms.firstIndex(of: row.room),
                !row.clientFamilyName.text.isEmpty
            else { throw BenchError.unexpected("the agenda names somebody who is not in the plan, or not by name") }
            return WeekRow(
                therapist: therapist, client: client, room: room, startMs: row.startAt, endMs: row.endAt)
        }
    }
}
