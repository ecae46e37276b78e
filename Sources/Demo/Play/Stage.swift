import Clinic
import Engine
import Foundation
import ProjectionKit
import Schema

/// A command, and who sends it.
struct Line: Sendable {
    var member: Member
    var command: any Command
}

/// Where the cast speaks to the engine: everybody at the door, with their own token.
struct Stage {
    let engine: ClinicEngine
    let clock: DemoClock
    /// The user who makes the clinic, and becomes its owner.
    let uid: UInt32
    private(set) var secrets: [Member: Secret] = [:]
    private var keys: SeededRandom
    private let inOrder = InOrder()

    init(engine: ClinicEngine, clock: DemoClock, seed: UInt64, uid: UInt32) {
        self.engine = engine
        self.clock = clock
        self.uid = uid
        // Not the stream that decides what happens, so that one more command shifts nothing else.
        keys = SeededRandom(seed: seed ^ 0x6B65_7973)
    }

    mutating func give(_ secret: Secret, to member: Member) { secrets[member] = secret }

    func credentials(_ member: Member, showing secret: Secret? = nil) -> Credentials {
        Credentials(doorKind: .socket, uid: uid, tokenSHA256: (secret ?? secrets[member])?.sha256)
    }

    /// Sends what happens at one time, in this order and for one commit as far as may be.
    mutating func send(_ lines: [Line]) async -> [Outcome] {
        let submissions = lines.map { line in
            Submission(
                sender: .door(credentials(line.member)), command: line.command,
                key: IdempotencyKey(high: keys.next() | 1, low: keys.next() | 1))
        }
        let engine = engine
        let executor = inOrder
        return await withTaskGroup(of: (Int, Outcome).self) { group in
            for (index, submission) in submissions.enumerated() {
                group.addTask(executorPreference: executor) { (index, await engine.send(submission)) }
            }
            var outcomes: [Int: Outcome] = [:]
            for await (index, outcome) in group { outcomes[index] = outcome }
            return submissions.indices.compactMap { outcomes[$0] }
        }
    }

    /// Sends one command that must succeed.
    @discardableResult
    mutating func must(_ member: Member, _ command: any Command) async throws -> Reply {
        guard let outcome = await send([Line(member: member, command: command)]).first else {
            throw Refusal.busy("The engine did not answer.")
        }
        return try outcome.get()
    }

    /// Asks as a member; a refusal is part of the story.
    func ask<Q: Query>(_ member: Member, _ query: Q, purpose: Purpose.Value = .treatment) async throws -> Q.Answer? {
        do {
            return try await engine.ask(Asking(query, from: credentials(member), purpose: purpose)).answer
        } catch let refusal as Refusal where refusal.status == 403 {
            return nil
        }
    }
}
