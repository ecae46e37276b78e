import Clinic
import Foundation
import Schema
import SwiftProtobuf
import TestKit

@testable import Engine

/// Who sees which clients.
extension PlainAnswers {
    /// Everybody who can come in sees the clients of whom their roles or a place on the team let them know, and no others;
    /// whoever asks for another is turned away, which is on record (INV-ACC-03).
    func seenProblems(_ world: RandomWorld) async throws -> [String] {
        var found: [String] = []
        let clients = clinic.clients.filter { !$0.value.isWithdrawn }.keys.sorted()
        for caller in world.callers.suffix(12) {
            // An auditor is shown no list of clients.
            guard let credentials = world.credentials(of: caller),
                !clinic.roles(of: caller, atMs: nowMs).isSubset(of: [.auditor])
            else { continue }
            let seen = clients.filter { clinic.sees(caller, client: $0, atMs: nowMs) }
            awaitViews()
            let rows = try await engine.ask(Asking(ListClients.with { $0.limit = 1_000 }, from: credentials)).answer
            found += differences("the clients of \(caller)", rows.rows.map { "\($0.id)" }, seen.map { "\($0)" })
            guard let stranger = Set(clients).subtracting(seen).min() else { continue }
            if try await !isTurnedAway(caller, credentials, from: stranger) {
                found.append("INV-ACC-03: \(caller) asks for client \(stranger), and is not turned away on record")
            }
        }
        return found
    }

    private func isTurnedAway(
        _ caller: UInt64, _ credentials: Credentials, from client: UInt64
    ) async throws -> Bool {
        do {
            awaitViews()
            _ = try await engine.ask(Asking(Agenda.with { $0.client = client }, from: credentials))
            return false
        } catch let refusal as Refusal {
            guard refusal.status == 403 else { return false }
        }
        return try engine.records().contains { recorded in
            guard case .access(.accessDenied(let event)) = recorded.event else { return false }
            // Repeats within a quarter of an hour are counted, and recorded later.
            return recorded.header.actor.id == caller && event.permission == "view demographics"
                && event.windowAt > nowMs - 900_000
        }
    }
}

extension PlainClinic {
    /// Whether somebody may know who a client is.
    func sees(_ caller: UInt64, client: UInt64, atMs instantMs: Int64) -> Bool {
        let roles = roles(of: caller, atMs: instantMs)
        if !roles.isDisjoint(with: [.owner, .practiceManager, .frontDesk, .biller]) { return true }
        return !roles.isDisjoint(with: [.therapist, .supervisor, .trainee])
            && isOnTeam(caller, of: client, atMs: instantMs)
    }
}
