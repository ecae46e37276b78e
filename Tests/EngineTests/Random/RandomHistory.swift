import Clinic
import EventStore
import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Timetable

@testable import Engine

/// A clinic to which things happen at random, each from a seed of its own, so that some can be left out and the rest
/// happen all the same.
struct RandomHistory {
    private var world: RandomWorld
    /// How often each command was granted.
    private var granted: [String: Int] = [:]
    private let engine: ClinicEngine
    private let time: ManualClock
    private let zone: Zone
    /// Digests of the read models and the state, as they were at positions in between.
    private var taken: [(position: UInt64, digests: [String: String])] = []

    /// What does not hold, and after which seeds.
    struct Finding: Error { var problems: [String] }

    /// Lives through it all in a clinic of its own; what does not hold is the answer.
    static func problems(of seeds: [UInt64]) async throws -> (problems: [String], granted: [String: Int]) {
        let house = try House()
        return try await house.run { engine in
            var history = try await RandomHistory(engine, house.time)
            do {
                for seed in seeds { try await history.step(seed) }
                return (try history.problems(), history.granted)
            } catch let unknown as RandomCommand.Unknown {
                return ([unknown.description], [:])
            } catch let finding as Finding {
                return (finding.problems, [:])
            }
        }
    }

    private init(_ engine: ClinicEngine, _ time: ManualClock) async throws {
        self.engine = engine
        self.time = time
        let zone = Zone("Europe/Berlin")
        guard let zone, let now = zone.local(ofMs: time.nowMs) else {
            throw RandomCommand.Unknown(description: "no zone")
        }
        self.zone = zone
        world = RandomWorld(now: now)
        try await found()
    }

    /// An owner, a manager, a desk and two therapists who are there on weekdays.
    private mutating func found() async throws {
        let clinic = try await OpenClinic.found(in: engine)
        world.ids = [
            "staff": [1, clinic.therapist], "location": [clinic.location], "room": [clinic.room],
            "service": [clinic.service], "client": [clinic.client],
        ]
        world.ids["service"]?.append(
            try await engine.done(
                DefineService.with {
                    $0.code = "ANY50"
                    $0.name = "Anyhow"
                    $0.minutes = 50
                    $0.modalities = [.inPerson, .online, .phone]
                }))
        for (name, role) in [("Mona", Role.Value.practiceManager), ("Dora", .frontDesk), ("Theo", .therapist)] {
            let staff = try await engine.done(
                AddStaff.with {
                    $0.name = name
                    $0.email = "\(name)@example.org"
                    $0.roles = [role]
                })
            world.ids["staff"]?.append(staff)
        }
        for (index, staff) in (world.ids["staff"] ?? []).enumerated() {
            let secret = Data((0..<32).map { UInt8(truncatingIfNeeded: staff &+ UInt64($0)) })
            try await engine.done(
                IssueToken.with {
                    $0.staff = staff
                    $0.sha256 = secret
                })
            world.callers[staff] = user(token: [UInt8](secret))
            switch index {
            case 1, 4: world.therapists.append(staff)
            case 2: world.manager = staff
            case 3: world.desk = staff
            default: break
            }
            let days = (1...5).map { (day: UInt32) in
                HoursBlock.with {
                    $0.weekday = day
                    $0.from = "08:00"
                    $0.to = "18:00"
                }
            }
            _ = await engine.send(
                SetWeeklyHours.with {
                    $0.staff = staff
                    $0.location = clinic.location
                    $0.effectiveFrom = "2026-03-01"
                    $0.blocks = days
                })
        }
    }

    private mutating func step(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        pass(&random)
        if random.chance(2) { try takeDigests() }
        let command = try RandomCommand(world, &random)
        let name = command.type.name
        let caller = caller(of: command, &random)
        do {
            let reply = try await engine.send(try command.decoded(), by: caller).get()
            granted[name, default: 0] += 1
            world.learn(name, reply)
            if name == "BookAppointment",
                case .scheduling(.appointmentBooked(let event)) = try engine.recorded(reply.id).event
            {
                let place = event.arrangement
                world.appointments[reply.id] = (place.staff, place.time.startAt)
            }
        } catch let refusal as Refusal {
            guard (400..<500).contains(refusal.status) else {
                throw Finding(problems: ["\(name) \(command.json): \(refusal)"])
            }
        }
    }

    /// Mostly one who may, which is whoever it is usually done by.
    private func caller(of command: RandomCommand, _ random: inout SeededGenerator) -> Credentials {
        if random.chance(3) { return user(99) }
        if random.chance(15) { return random.pick(world.callers.keys.sorted()).flatMap { world.callers[$0] } ?? user() }
        let therapist = command.appointment.flatMap { world.appointments[$0] }.flatMap { world.callers[$0.staff] }
        switch command.type.name {
        case "StartSession", "EndSession", "RecordSession", "MarkNoShow", "RecordNonSessionContact":
            return therapist ?? random.pick(world.therapists).flatMap { world.callers[$0] } ?? user()
        case "AssignCareTeamMember", "ApproveTimeOff": return world.callers[world.manager] ?? user()
        case "CheckInClient", "ConfirmAppointment", "BookAppointment": return world.callers[world.desk] ?? user()
        default: return user()
        }
    }

    /// Time passes: some minutes, or until an appointment begins.
    private mutating func pass(_ random: inout SeededGenerator) {
        let next = world.appointments.values.map(\.startMs).filter { $0 > time.nowMs }.min()
        if let next, random.chance(12) {
            time.advance(
                ms: next - time.nowMs
                    + Int64(random.pick([-600_000, 0, 60_000, 3_600_000]) ?? 0).clamped(next - time.nowMs))
        } else if random.chance(40) {
            time.advance(minutes: Int64.random(in: 0...45, using: &random))
        }
        if let now = zone.local(ofMs: time.nowMs) { world.now = now }
    }

    /// Counts of repeats are recorded by the writer when it likes; then it is begun again.
    private mutating func takeDigests() throws {
        while true {
            let position = engine.log.size
            var found: [String: String] = [:]
            for view in engine.views.list {
                _ = view.reach(position, timeout: .seconds(60))
                found[view.name] = try view.digest().digest
            }
            found["state"] = try StateCheck(engine: engine).run { _ in }.liveDigest
            guard engine.log.size == position else { continue }
            taken.append((position, found))
            return
        }
    }

    /// All that must hold after any history.
    private func problems() throws -> [String] {
        var problems: [String] = []
        let records = try engine.records()
        let model = PlainModel(records)
        problems += model.broken + model.clashes
        for view in engine.views.list {
            _ = view.reach(engine.log.size, timeout: .seconds(60))
            if view.status != .serving { problems.append("\(view.name) is \(view.status)") }
            let outcome = try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
            if !outcome.isEqual { problems.append("\(view.name) differs from a rebuild") }
        }
        if try !StateCheck(engine: engine).run({ _ in }).isEqual { problems.append("the state differs from a replay") }
        for (position, digests) in taken { problems += try differences(at: position, digests) }
        return problems
    }

    /// As of a position in between, all is as it was then.
    private func differences(at position: UInt64, _ digests: [String: String]) throws -> [String] {
        var found: [String] = []
        for view in engine.views.list {
            let then = try view.digest(ofFirst: position, progress: { _ in }, isCancelled: { false })
            if then != digests[view.name] { found.append("\(view.name) as of \(position) is not what it was") }
        }
        let state = try StateCheck(engine: engine).digest(ofFirst: position) { _ in }
        if state != digests["state"] { found.append("the state as of \(position) is not what it was") }
        return found
    }
}

extension Int64 {
    /// Not before now.
    fileprivate func clamped(_ ahead: Int64) -> Int64 { Swift.max(self, -ahead) }
}
