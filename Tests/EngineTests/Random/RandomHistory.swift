import Clinic
import Crypto
import EventStore
import Foundation
import Schema
import TestKit

@testable import Engine

/// A clinic to which things happen at random, each from a seed of its own, so that some can be left out and the rest
/// happen all the same.
struct RandomHistory {
    let house: House
    var model = PlainModel()
    var tally = RandomTally()
    /// What was found to have been granted, to be sent again.
    var remembered: [(submission: Submission, caller: UInt64, reply: Reply)] = []
    /// What was known at positions in between.
    var taken: [Moment] = []
    /// What the registrations said of clients.
    var people: [UInt64: [String: String]] = [:]
    /// What commands said of drafts.
    var drafts: [UInt64: PlainDraft] = [:]
    /// By how much the clock has jumped, until somebody accepts it.
    var jumpMs: Int64?
    var wantsRestart = false
    /// The appointment for the sake of which the time is what it is.
    var hint: UInt64?
    /// Of every answer there was.
    private var outcomes = SHA256()
    private var story: [String] = []

    /// What does not hold.
    struct Finding: Error { var problems: [String] }

    /// A history as it went.
    struct Lived: Sendable {
        var problems: [String] = []
        var tally = RandomTally()
        /// How many of the steps were taken.
        var steps = 0
        /// Equal for equal seeds, wherever and whenever it runs.
        var outcomes = ""
        /// What was sent in the last steps, and what came of it.
        var story: [String] = []

        /// What failed, without the particulars; nil when nothing did.
        var failure: String? { problems.first.map { String($0.filter { !$0.isNumber }.prefix(24)) } }
    }

    init(_ house: House) { self.house = house }

    /// Lives through it all in a clinic of its own, with a restart whenever a step wants one.
    ///
    /// - Parameter keep: does something with the house when all is over.
    static func live(_ seeds: [UInt64], keep: (House) throws -> Void = { _ in }) async throws -> Lived {
        let house = try House()
        var history = RandomHistory(house)
        var lived = Lived()
        do {
            try await house.run(knowsBoot: true, isSimulated: false) { try await history.found($0) }
            while lived.steps < seeds.count {
                try await house.run(knowsBoot: true, isSimulated: false) { engine in
                    try await history.letOwnerIn(engine)
                    history.wantsRestart = false
                    while lived.steps < seeds.count, !history.wantsRestart {
                        lived.steps += 1
                        try await history.step(seeds[lived.steps - 1], engine)
                    }
                }
            }
            lived.problems = try await house.run(knowsBoot: true, isSimulated: false) { try await history.problems($0) }
            try keep(house)
        } catch let unknown as RandomCommand.Unknown {
            lived.problems = [unknown.description]
        } catch let finding as Finding {
            lived.problems = finding.problems
        } catch {
            lived.problems = ["\(error)"]
        }
        lived.tally = history.tally
        lived.story = history.story
        lived.outcomes = history.outcomes.finalize().map { String(format: "%02x", $0) }.joined()
        return lived
    }

    /// The time that the next record gets.
    var nowMs: Int64 { max(house.time.nowMs, model.clinic.latestMs) }

    var world: RandomWorld {
        var world = RandomWorld(nowMs: nowMs)
        world.clinic = model.clinic
        world.people = people
        world.drafts = drafts
        world.hint = hint
        return world
    }

    /// Whoever is an owner and can come in.
    var owner: Credentials? {
        let world = world
        return world.staff(with: [.owner]).compactMap { world.credentials(of: $0) }.first
    }

    /// After a start, somebody on the machine itself lets the first owner in, when no owner can come in any more.
    mutating func letOwnerIn(_ engine: ClinicEngine) async throws {
        try catchUp(engine)
        guard owner == nil else { return }
        _ = try await engine.recoverOwner(uid: House.ownerUID)
        tally.grant("(owner-recovered)")
        try catchUp(engine)
    }

    mutating func note(_ outcome: String) {
        outcomes.update(data: Data(outcome.utf8))
        story.append(outcome)
        if story.count > 60 { story.removeFirst() }
    }

    /// Reads what was recorded since, and judges it.
    mutating func catchUp(_ engine: ClinicEngine) throws {
        for record in try engine.records(from: model.clinic.size) { model.take(record) }
        if !model.broken.isEmpty { throw Finding(problems: model.broken) }
    }

    private mutating func step(_ seed: UInt64, _ engine: ClinicEngine) async throws {
        var random = SeededGenerator(seed: seed)
        await pass(&random, engine)
        try catchUp(engine)
        let most = RandomStep.allCases.map(\.perMille).reduce(0, +)
        var left = Int.random(in: 0..<most, using: &random)
        if owner == nil, random.chance(20) { return wantsRestart = true }
        let kind = RandomStep.allCases.first { step in
            left -= step.perMille
            return left < 0
        }
        try await take(kind ?? .command, engine, &random)
        try catchUp(engine)
    }

    /// Time passes: some minutes, until an instant at which a rule about an appointment turns, or until the next morning.
    private mutating func pass(_ random: inout SeededGenerator, _ engine: ClinicEngine) async {
        let now = nowMs
        let (day, minute) = PlainTime.local(now, model.clinic.zone)
        var untilMs = now
        hint = nil
        if minute > 19 * 60, random.chance(40) {
            untilMs = PlainTime.ms(day: day + 1, minute: 475, model.clinic.zone)
        } else if random.chance(25), let turn = random.pick(turns.prefix(8)) {
            untilMs = turn.atMs + (random.pick([-1, 0, 1] as [Int64]) ?? 0)
            hint = turn.visit
        } else if random.chance(25) {
            untilMs = now + Int64.random(in: 0...15 * 60_000, using: &random)
        }
        guard untilMs > now else { return }
        house.time.advance(ms: untilMs - now)
        // What is due is done now, and not when somebody next wakes.
        await engine.settleWriter()
        try? engine.background.rotateKeys()
    }

    /// When a step becomes possible or stops being so, or a notice becomes late: those to come, in order of time.
    private var turns: [(atMs: Int64, visit: UInt64)] {
        let now = nowMs
        var found: [(atMs: Int64, visit: UInt64)] = []
        for (id, visit) in model.clinic.visits where visit.isOpen || visit.status == .inSession {
            guard abs(visit.startMs - now) < 2 * PlainTime.dayMs else { continue }
            for minutes in [-1_440, -1_440, -1_440, -120, -30, 0, 15, 480] as [Int64] {
                found.append((visit.startMs + minutes * 60_000, id))
            }
            found.append((visit.endMs, id))
        }
        return found.filter { $0.atMs > now + 1 }.sorted { ($0.atMs, $0.visit) < ($1.atMs, $1.visit) }
    }
}
