import Clinic
import HeapModule
import Schema
import Timetable

/// Years at the large clinic: acts in order of time, each of them a command, a look, or what plans others.
struct LargePlay {
    var stage: LargeStage
    var house: LargeHouse
    let time: PracticeTime
    let weeks: [LargeWeek]
    let zones: [LargePlace: Zone]
    var random: SeededRandom
    var clients: [LargeClient] = []
    var visits: [UInt64: LargeVisit] = [:]
    /// What was booked for a day, as days since 1970, whatever became of it.
    var booked: [Int: [UInt64]] = [:]
    /// Days on which a therapist is away, as days since 1970.
    var away: [[Range<Int>]]
    /// The week of a therapist's next intake.
    var nextIntake: [Int]
    var appointments = 0
    private var queue = Heap<LargeCue>()
    private var planned = 0

    init(stage: LargeStage, house: LargeHouse, time: PracticeTime, weeks: [LargeWeek], seed: UInt64) {
        self.stage = stage
        self.house = house
        self.time = time
        self.weeks = weeks
        random = SeededRandom(seed: seed)
        away = Array(repeating: [], count: weeks.count)
        nextIntake = Array(repeating: 0, count: weeks.count)
        zones = Dictionary(uniqueKeysWithValues: LargePlace.allCases.map { ($0, Zone($0.zoneID) ?? time.zone) })
    }

    /// Plans an act; what lies in the past is not done any more, what lies after the end never comes.
    mutating func plan(_ act: LargeAct, atMs: Int64) {
        guard atMs >= stage.nowMs, atMs < time.endMs else { return }
        queue.insert(LargeCue(atMs: atMs, order: planned, act: act))
        planned += 1
    }

    /// By the clock of the practice.
    mutating func plan(_ act: LargeAct, on date: LocalDate, at minute: Int) {
        plan(act, atMs: time.ms(date, minute: minute))
    }

    mutating func plan(_ act: LargeAct, inMinutes minutes: Int) {
        plan(act, atMs: stage.nowMs + Int64(minutes) * 60_000)
    }

    mutating func run(_ progress: (Int) -> Void) throws {
        opening()
        let startMs = stage.nowMs
        var told = -1
        while let next = queue.popMin() {
            let permille = Int((next.atMs - startMs) * 1_000 / max(1, time.endMs - startMs))
            if permille > told {
                told = permille
                progress(permille)
            }
            stage.advance(toMs: next.atMs)
            try perform(next.act)
        }
    }

    // Who and where, by number among therapists.

    func member(_ therapist: Int) -> Int { LargeCast.firstTherapist + therapist }
    func staff(_ therapist: Int) -> UInt64 { stage.staff[member(therapist)] }
    func zone(_ therapist: Int) -> Zone { zones[LargePlace(therapist: therapist)] ?? time.zone }
    func desk(_ therapist: Int) -> Int { LargeCast.desks.lowerBound + LargePlace(therapist: therapist).rawValue }
    func biller(_ client: Int) -> Int { LargeCast.billers.lowerBound + client % LargeCast.billers.count }

    /// Today, at the practice.
    var today: LocalDate { time.zone.local(ofMs: stage.nowMs)?.date ?? time.firstMonday }

    func isAway(_ therapist: Int, on date: LocalDate) -> Bool {
        away[therapist].contains { $0.contains(date.daysSinceEpoch) }
    }

    /// When a slot begins in a week, and how that reads on the clock it is booked by.
    func start(_ slot: LargeSlot, week: Int, therapist: Int) -> (local: LocalDateTime, ms: Int64) {
        let zone = zone(therapist)
        let date = time.date(week: week, weekday: slot.weekday)
        guard let clock = LocalTime(minutes: slot.start), let local = LocalDateTime(date, clock) else {
            preconditionFailure("minutes of a day")
        }
        let ms = zone.resolve(local).plannedMs
        // Online sessions are booked by the practice's clock.
        return (slot.isOnline ? time.zone.local(ofMs: ms) ?? local : local, ms)
    }

    /// Sends a command; nil when a rule says no.
    /// - Throws: a refusal that no rule explains: the generator itself is wrong then.
    mutating func send(_ member: Int, _ command: any Command) throws -> Reply? {
        switch try stage.send(member, command) {
        case .success(let reply): return reply
        case .failure(let refusal):
            guard refusal.status == 409 || refusal.status == 403 else { throw refusal }
            return nil
        }
    }
}
