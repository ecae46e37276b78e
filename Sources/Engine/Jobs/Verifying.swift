import BalancesProjection
import Clinic
import EventStore
import Foundation
import LMDBKit
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Checks the running log, its keys, what is published of it, the state, the vault, the drafts outside the log, every
    /// read model and the books; what is wrong is the result, not a failure.
    func startVerify(by caller: Caller) throws(Refusal) -> Job {
        try jobs.start("verify", by: caller.staff) { [self] progress in
            let pace = Pace(beside: LogReader(self.log))
            func step(_ permille: Int, _ name: String) throws {
                try progress(permille, name)
                pace.step()
            }
            // Log, published files, state, vault, drafts and books beside the read models.
            let stages = 6 + views.list.count
            let log = try verifyLog { permille in try step(permille / stages, "log") }
            let keys = verifyKeys()
            // State, read models and published files are compared with the records: with damaged ones that says nothing, and
            // whoever goes through damaged pages may die of them.
            guard log.isSound else { return try VerifyFinding(isSound: false, log: log, keys: keys).json() }
            let published = try verifyPublished { permille in try step((1_000 + permille) / stages, "published") }
            let state = try StateCheck(engine: self).run { permille in
                try step((2_000 + permille) / stages, "state")
            }
            // The next start makes it anew.
            if !state.isEqual { try background.keeper.distrust() }
            let vault = try verifyVault { permille in try step((3_000 + permille) / stages, "vault") }
            let drafts = try verifyDrafts { try step(4_000 / stages, "drafts") }
            let before = 5
            let checks = try rebuild(views.list, true, progress) { [count = views.list.count] permille in
                progress.report((before * 1_000 + permille * count) / stages, "read models")
            }
            let books =
                try checks.contains { $0.view == BalancesView.name && $0.isEqual }
                ? verifyBooks { try step((stages - 1) * 1_000 / stages, "books") } : nil
            let finding = VerifyFinding(
                isSound: log.isSound && keys.isSound && published.isSound && state.isEqual && vault.isSound
                    && drafts.isSound && checks.allSatisfy(\.isEqual) && books?.isSound != false,
                log: log, keys: keys, published: published, state: state, vault: vault, drafts: drafts, views: checks,
                books: books)
            return try finding.json()
        }
    }
}

/// What a verification has found.
struct VerifyFinding: Encodable, Sendable {
    var isSound: Bool
    var log: LogFinding
    var keys: KeysFinding
    /// Published files, state and read models are compared with the records; not when those are not sound.
    var published: PublishedFinding?
    var state: StateCheck.Finding?
    var vault: VaultFinding?
    /// Of editors, outside the log.
    var drafts: DraftsFinding?
    var views: [ViewCheck]?
    /// Whether the balances agree with themselves; not when their rows are not those of a rebuild.
    var books: BooksFinding?

    func json() throws -> String { try JobResult.json(self) }
}
