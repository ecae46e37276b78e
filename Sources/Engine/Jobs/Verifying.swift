import Clinic
import EventStore
import Foundation
import LMDBKit
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Checks the running log, the state and every read model; what is wrong is the result, not a failure.
    func startVerify(by caller: Caller) throws(Refusal) -> Job {
        try jobs.start("verify", by: caller.staff) { [self] progress in
            let stages = 3 + views.list.count
            let log = try verifyLog { permille in try progress(permille / stages, "log") }
            // State and read models are compared with the records: with damaged ones that says nothing, and whoever goes
            // through damaged pages may die of them.
            guard log.isSound else { return try VerifyFinding(isSound: false, log: log).json() }
            let state = try StateCheck(engine: self).run { permille in
                try progress((1_000 + permille) / stages, "state")
            }
            // The next start makes it anew.
            if !state.isEqual { try background.keeper.distrust() }
            let vault = try verifyVault { permille in try progress((2_000 + permille) / stages, "vault") }
            var checks: [ViewCheck] = []
            for (index, view) in views.list.enumerated() {
                try progress((3 + index) * 1_000 / stages, view.name)
                checks.append(try Self.check(view, true, part: 3 + index, of: stages, progress))
            }
            let finding = VerifyFinding(
                isSound: log.isSound && state.isEqual && vault.isSound && checks.allSatisfy(\.isEqual), log: log,
                state: state, vault: vault, views: checks)
            return try finding.json()
        }
    }
}

/// What a verification has found.
struct VerifyFinding: Encodable, Sendable {
    var isSound: Bool
    var log: LogFinding
    /// State and read models are compared with the records; not when those are not sound.
    var state: StateCheck.Finding?
    var vault: VaultFinding?
    var views: [ViewCheck]?

    func json() throws -> String { try JobResult.json(self) }
}
