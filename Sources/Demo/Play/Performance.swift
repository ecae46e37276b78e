import Clinic
import HeapModule
import Schema
import Timetable

/// A year at the practice: acts in order of time, each of them a command or a question of somebody of the cast.
struct Performance {
    var stage: Stage
    let house: House
    let time: PracticeTime
    let size: DemoSize
    var random: SeededRandom
    var clients: [DemoClient]
    var visits: [UInt64: Visit] = [:]
    private var queue = Heap<Cue>()
    private var planned = 0
    /// Commands that rules refused; the cast then did something else, or let it be.
    var refusals = 0

    init(stage: Stage, house: House, time: PracticeTime, size: DemoSize, seed: UInt64) {
        self.stage = stage
        self.house = house
        self.time = time
        self.size = size
        random = SeededRandom(seed: seed)
        var plans = ClientPlans(size: size, firstMonday: time.firstMonday)
        clients = plans.all(&random)
    }

    /// Plans an act; what lies in the past is not done any more, what lies after the end never comes.
    mutating func plan(_ act: Act, atMs: Int64) {
        guard atMs >= stage.clock.nowMs, atMs < time.endMs else { return }
        queue.insert(Cue(atMs: atMs, order: planned, act: act))
        planned += 1
    }

    mutating func plan(_ act: Act, on date: LocalDate, at minute: Int) {
        plan(act, atMs: time.ms(date, minute: minute))
    }

    mutating func run(_ progress: @Sendable (Int) -> Void) async throws {
        opening()
        let startMs = stage.clock.nowMs
        var told = -1
        while let next = queue.min {
            let permille = Int((next.atMs - startMs) * 1_000 / max(1, time.endMs - startMs))
            if permille / 10 > told {
                told = permille / 10
                progress(permille)
            }
            stage.clock.advance(toMs: next.atMs)
            try await perform(actsAt(next.atMs))
        }
    }

    /// All that is planned for one time.
    private mutating func actsAt(_ ms: Int64) -> [Act] {
        var acts: [Act] = []
        while let next = queue.min, next.atMs == ms {
            queue.removeMin()
            acts.append(next.act)
        }
        return acts
    }

    /// Commands go together; then come the questions, one after another.
    private mutating func perform(_ acts: [Act]) async throws {
        var sent: [(act: Act, line: Line)] = []
        for act in acts { if let line = line(for: act) { sent.append((act, line)) } }
        if !sent.isEmpty {
            let outcomes = await stage.send(sent.map(\.line))
            for (outcome, (act, _)) in zip(outcomes, sent) {
                switch outcome {
                case .success(let reply): succeeded(act, reply)
                case .failure(let refusal): try refused(act, refusal)
                }
            }
        }
        for act in acts { try await performAlone(act) }
    }
}
