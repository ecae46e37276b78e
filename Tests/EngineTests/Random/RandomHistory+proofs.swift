import Clinic
import EventStore
import Foundation
import LMDBKit
import ProjectionKit
import Schema
import TestKit

@testable import Engine

/// What was known when the log had so many records.
struct Moment {
    var position: UInt64
    /// Of the state and the read models.
    var digests: [String: String]
    var clinic: PlainClinic
    /// Nothing later was recorded in this millisecond.
    var isLastOfItsTime: Bool
}

extension RandomHistory {
    /// Digests as they are now. Counts of repeats are recorded by the writer when it likes; then it is begun again.
    mutating func takeMoment(_ engine: ClinicEngine) throws {
        while true {
            let position = engine.log.size
            var found: [String: String] = [:]
            for view in engine.views.list {
                _ = view.reach(position, timeout: .seconds(60))
                found[view.name] = try view.digest().digest
            }
            found["state"] = try StateCheck(engine: engine).run { _ in }.liveDigest
            guard engine.log.size == position else { continue }
            try catchUp(engine)
            house.time.advance(ms: 1)
            taken.append(
                Moment(
                    position: position, digests: found, clinic: model.clinic,
                    isLastOfItsTime: house.time.nowMs > model.clinic.latestMs))
            return
        }
    }

    /// All that must hold after any history.
    mutating func problems(_ engine: ClinicEngine) async throws -> [String] {
        try await letOwnerIn(engine)
        model.end()
        var problems = model.broken
        // The plain rules know the whole as well as they knew its parts.
        problems += PlainModel(try engine.records()).broken
        for view in engine.views.list {
            _ = view.reach(engine.log.size, timeout: .seconds(60))
            if view.status != .serving { problems.append("\(view.name) is \(view.status)") }
            let outcome = try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
            if !outcome.isEqual { problems.append("\(view.name) differs from a rebuild") }
        }
        let state = try StateCheck(engine: engine).run { _ in }
        guard state.isEqual, let end = state.position else { return problems + ["the state differs from a replay"] }
        var random = SeededGenerator(seed: engine.log.size)
        let split = UInt64.random(in: 0...end, using: &random)
        if try splitDigest(engine, split, end) != state.digest {
            problems.append("a replay split at \(split) differs from the whole")
        }
        for moment in taken { problems += try differences(engine, moment) }
        guard problems.isEmpty else { return problems }
        return try await answerProblems(engine)
    }

    /// As of a position in between, all is as it was then.
    private func differences(_ engine: ClinicEngine, _ moment: Moment) throws -> [String] {
        var found: [String] = []
        for view in engine.views.list {
            let then = try view.digest(ofFirst: moment.position, progress: { _ in }, isCancelled: { false })
            if then != moment.digests[view.name] {
                found.append("\(view.name) as of \(moment.position) is not what it was")
            }
        }
        let state = try StateCheck(engine: engine).digest(ofFirst: moment.position) { _ in }
        if state != moment.digests["state"] { found.append("the state as of \(moment.position) is not what it was") }
        return found
    }

    /// Of a replay in two parts, between which all is closed.
    private func splitDigest(_ engine: ClinicEngine, _ split: UInt64, _ end: UInt64) throws -> String {
        let folder = house.folder.child("split")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let reader = LogReader(engine.log)
        var digest = ""
        for (from, to) in [(0, split), (split, end)] as [(UInt64, UInt64)] {
            let environment = try Environment(
                path: folder, options: .init(mapSizeBytes: 1 << 30, tablesMax: 48, isUnsynced: true))
            let state = try ClinicState(in: environment)
            var position = from
            while position < to { position = try reader.read(from: position, upTo: to) { try state.evolve($0) } }
            digest = try Digest.of(state.rawTables, in: state.transaction) {}
            try state.commit()
        }
        return digest
    }

    /// The read models say what the plain rules say, now and as of moments in between.
    private func answerProblems(_ engine: ClinicEngine) async throws -> [String] {
        guard let owner else { return ["INV-STAFF-05: no owner can come in"] }
        var found: [String] = []
        do {
            for moment in taken.filter(\.isLastOfItsTime).suffix(6) {
                let answers = PlainAnswers(
                    engine: engine, clinic: moment.clinic, asOfMs: moment.clinic.latestMs, asker: owner,
                    nowMs: moment.clinic.latestMs)
                found += try await answers.problems().map { "as of \(moment.position): \($0)" }
            }
            let answers = PlainAnswers(
                engine: engine, clinic: model.clinic, asOfMs: nil, asker: owner, nowMs: house.time.nowMs)
            found += try await answers.problems()
            found += try await answers.slotProblems()
            found += try await answers.seenProblems(world)
            found += try await answers.noteProblems(world)
        } catch let refusal as Refusal {
            found.append("a question was refused: \(refusal)")
        }
        return found
    }
}
