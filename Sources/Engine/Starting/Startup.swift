import Clinic
import EventStore
import Foundation
import LMDBKit
import Schema
import Vault

/// Brings the state up to the log, on the writer's thread, and publishes what follows from it.
final class Startup: @unchecked Sendable {
    // Unchecked: everything mutable is guarded by `condition`.
    private let log: EventLog
    private let keeper: StateKeeper
    private let vault: KeyVault
    private let published: Published
    private let condition = NSCondition()
    private var hasSucceeded = false
    private var failure: (any Error)?
    private var isAwaited = true
    private var isToldToEnd = false

    /// It was told to end before the state was there.
    struct Abandoned: Error {}

    init(log: EventLog, keeper: StateKeeper, vault: KeyVault, published: Published) {
        self.log = log
        self.keeper = keeper
        self.vault = vault
        self.published = published
    }

    func run() throws -> ClinicState {
        let state = try readyOrAnew()
        locked {
            hasSucceeded = true
            condition.broadcast()
        }
        return state
    }

    /// What cannot be read of a state is learned again: the log has it all.
    private func readyOrAnew() throws -> ClinicState {
        do {
            return try ready()
        } catch let error as LMDBError where error.isDamage {
            published.report(replayPermille: 0)
            try keeper.makeAnew(since: "\(error)")
            return try ready()
        }
    }

    private func ready() throws -> ClinicState {
        let state = try brought()
        try vault.findSpares { try state.isKeyUsed($0.bytes) }
        try publish(state)
        return state
    }

    /// Makes a damaged state anew, while requests are told how far it is.
    func runAnew(since reason: String) throws -> ClinicState {
        published.report(replayPermille: 0)
        try keeper.makeAnew(since: reason)
        let state = try brought()
        try publish(state)
        return state
    }

    private func brought() throws -> ClinicState {
        let end = max(log.size, 1)
        return try keeper.open(following: LogReader(log)) { position in
            guard !locked({ isToldToEnd }) else { throw Abandoned() }
            published.report(replayPermille: Int(position * 1_000 / end))
        }
    }

    private func publish(_ state: borrowing ClinicState) throws {
        published.begin(try state.accessTable(), practice: try state.practice()?.practice)
    }

    /// Blocks until the state is there, or as long as there is patience: then it goes on alone, and requests are told
    /// how far it is. Throws what went wrong meanwhile.
    func wait(patience: TimeInterval) throws {
        let deadline = Date(timeIntervalSinceNow: patience)
        try locked {
            while !hasSucceeded, failure == nil, condition.wait(until: deadline) {}
            isAwaited = false
            if let failure { throw failure }
        }
    }

    /// Takes note of what went wrong, and answers whether somebody waits to be told.
    func fail(_ error: any Error) -> Bool {
        locked {
            failure = error
            condition.broadcast()
            return isAwaited
        }
    }

    func abandon() { locked { isToldToEnd = true } }

    private func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        condition.lock()
        defer { condition.unlock() }
        return try body()
    }
}
