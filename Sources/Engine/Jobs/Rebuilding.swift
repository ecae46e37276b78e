import Clinic
import Foundation
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Rebuilds one read model or all, one after another; a result for each.
    func startRebuild(_ request: RebuildJob, by caller: Caller) throws(Refusal) -> Job {
        let wanted = request.hasView ? views.list.filter { $0.name == request.view } : views.list
        guard !wanted.isEmpty else {
            throw .field("view", "`view` must be one of \(views.list.map(\.name).joined(separator: ", ")).")
        }
        let verifyOnly = request.verifyOnly
        return try jobs.start("rebuild", by: caller.staff) { progress in
            var results: [ViewCheck] = []
            for (index, view) in wanted.enumerated() {
                try progress(index * 1_000 / wanted.count, view.name)
                results.append(try Self.check(view, verifyOnly, part: index, of: wanted.count, progress))
            }
            return try JobResult.json(results)
        }
    }

    static func check(
        _ view: any AnyView, _ verifyOnly: Bool, part: Int, of parts: Int, _ progress: JobProgress
    ) throws -> ViewCheck {
        let outcome = try view.rebuild(
            verifyOnly: verifyOnly,
            progress: { permille in
                progress.report((part * 1_000 + permille) / parts, view.name)
            }, isCancelled: { progress.isToldToEnd })
        return ViewCheck(
            view: view.name, position: outcome.position, digest: outcome.newDigest, liveDigest: outcome.liveDigest,
            isEqual: outcome.isEqual, isSwitched: outcome.isSwitched, arePagesWhole: outcome.pageFaults.isEmpty,
            faults: outcome.pageFaults.prefix(LogFinding.pageFaultsMax).map { "damaged \($0)" })
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
