import Clinic
import Foundation
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Rebuilds one read model or all; a result for each.
    func startRebuild(_ request: RebuildJob, by caller: Caller) throws(Refusal) -> Job {
        let wanted = request.hasView ? views.list.filter { $0.name == request.view } : views.list
        guard !wanted.isEmpty else {
            throw .field("view", "`view` must be one of \(views.list.map(\.name).joined(separator: ", ")).")
        }
        let verifyOnly = request.verifyOnly
        let step = request.hasView ? request.view : "read models"
        return try jobs.start("rebuild", by: caller.staff) { [self] progress in
            try JobResult.json(try rebuild(wanted, verifyOnly, progress) { progress.report($0, step) })
        }
    }

    /// Over one pass of the log.
    func rebuild(
        _ wanted: [any AnyView], _ verifyOnly: Bool, _ job: JobProgress, progress: @escaping @Sendable (Int) -> Void
    ) throws -> [ViewCheck] {
        progress(0)
        return try Abreast.run(wanted, over: LogReader(log), progress: progress) { view, reader, progress in
            let outcome = try view.rebuild(
                verifyOnly: verifyOnly, from: reader, progress: progress, isCancelled: { job.isToldToEnd })
            return ViewCheck(
                view: view.name, position: outcome.position, digest: outcome.newDigest,
                liveDigest: outcome.liveDigest, isEqual: outcome.isEqual, isSwitched: outcome.isSwitched,
                arePagesWhole: outcome.pageFaults.isEmpty,
                faults: outcome.pageFaults.prefix(LogFinding.pageFaultsMax).map { "damaged \($0)" })
        }
    }
}

/// What rebuilding a read model, or comparing it with a rebuild, has found.
struct ViewCheck: Encodable, Sendable {
    var view: String
    /// Up to which both digests are; nil when the live one was not read.
    var position: UInt64?
    var digest: String?
    var liveDigest: String?
    var isEqual: Bool
    var isSwitched: Bool
    /// Whether the live one's pages are as they should be, as far as they were looked at.
    var arePagesWhole = true
    /// What is wrong with them, and where; the first of it.
    var faults: [String] = []
}
