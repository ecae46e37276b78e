import Timetable

/// Makes up the clients: who they are, whom they see, and when.
struct ClientPlans {
    let size: DemoSize
    let firstMonday: LocalDate
    private var slots = StandingSlots()
    /// The week of the next free intake, by therapist.
    private var intakes: [Int]

    init(size: DemoSize, firstMonday: LocalDate) {
        self.size = size
        self.firstMonday = firstMonday
        intakes = Array(repeating: 0, count: size.therapists)
    }

    mutating func all(_ random: inout SeededRandom) -> [DemoClient] {
        (0..<size.clients).map { client($0, &random) }
    }

    /// The first two thirds are on file when the book begins; the others come in the course of the year.
    private mutating func client(_ index: Int, _ random: inout SeededRandom) -> DemoClient {
        let known = size.clients * 2 / 3
        var client = person(index, &random)
        if index >= known {
            // None in the last three weeks, so that every intake has taken place.
            let last = max(0, size.weeksBefore - 4)
            client.registeredInWeek = (index - known) * last / max(1, size.clients - known)
            let week = max(client.registeredInWeek + 1, intakes[client.therapist])
            if week < size.weeksBefore {
                client.intakeInWeek = week
                intakes[client.therapist] = week + 1
            }
        }
        let first = client.intakeInWeek.map { $0 + 1 } ?? max(0, client.registeredInWeek + 1)
        let stays = random.chance(percent: 75) ? Int.max / 2 : first + random.int(8...40)
        let rhythm: Rhythm = random.chance(percent: 60) ? .weekly : .fortnightly(random.int(0...1))
        let end = min(stays, size.weeksBefore + size.weeksAhead + 2)
        if end > first { place(&client, rhythm, first..<end, &random) }
        return client
    }

    /// With their own therapist, or with whoever has an hour.
    private mutating func place(
        _ client: inout DemoClient, _ rhythm: Rhythm, _ weeks: Range<Int>, _ random: inout SeededRandom
    ) {
        for turn in 0..<size.therapists {
            // Who has had an intake stays with whom they met.
            guard turn == 0 || client.intakeInWeek == nil else { return }
            let therapist = (client.therapist + turn) % size.therapists
            guard let slot = slots.take(client.service, with: therapist, rhythm, weeks: weeks, &random) else {
                continue
            }
            client.therapist = therapist
            client.slot = slot
            return
        }
    }

    private func person(_ index: Int, _ random: inout SeededRandom) -> DemoClient {
        let name = Names.pair(index)
        let isMinor = index % 9 == 4
        let years = isMinor ? random.int(8...15) : random.int(20...79)
        let born = firstMonday.adding(days: -years * 365 - random.int(1...330))
        var service: DemoService = random.chance(percent: 15) ? .individual80 : .individual50
        if !isMinor, random.chance(percent: 12) { service = .couples80 }
        let hundredth = String(index % 100)
        let phone = String(repeating: "0", count: 2 - hundredth.count) + hundredth
        return DemoClient(
            givenName: name.given, familyName: name.family, born: index % 31 == 30 ? nil : born,
            email: "client\(index + 1)@example.org",
            // 555-0100 to 555-0199 belong to nobody, for fiction.
            phone: "+1 \(["212", "646", "917", "718"][index / 100 % 4]) 555 01\(phone)",
            consent: isMinor ? random.pick(Sayings.consent) : nil,
            remark: random.chance(percent: 20) ? random.pick(Sayings.remark) : nil,
            therapist: index % size.therapists, service: service, slot: nil, registeredInWeek: -1, intakeInWeek: nil)
    }
}
