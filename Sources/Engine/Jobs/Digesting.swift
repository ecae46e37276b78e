import Clinic
import EventStore
import Foundation
import LMDBKit
import ProjectionKit
import Schema

extension ClinicEngine {
    /// Fingerprints the state and every read model over a prefix of the log, each built anew from its records.
    func startDigest(_ request: DigestJob, by caller: Caller) throws(Refusal) -> Job {
        let end = try digestEnd(request)
        return try jobs.start("digest", by: caller.staff) { [self] progress in
            let pace = Pace(beside: LogReader(self.log))
            let parts = 1 + views.list.count
            let state = try StateCheck(engine: self).digest(ofFirst: end) {
                try progress($0 / parts, "state")
                pace.step()
            }
            let found = try Abreast.run(
                views.list, over: LogReader(log),
                progress: { progress.report((1_000 + $0 * (parts - 1)) / parts, "read models") }
            ) { view, reader, step in
                DigestFinding.View(
                    view: view.name,
                    digest: try view.digest(
                        ofFirst: end, from: reader, progress: step, isCancelled: { progress.isToldToEnd }))
            }
            return try JobResult.json(DigestFinding(position: end, state: state, views: found))
        }
    }

    private func digestEnd(_ request: DigestJob) throws(Refusal) -> UInt64 {
        guard !(request.hasPosition && request.hasAsOf) else {
            throw .field("asOf", "Give `position` or `asOf`, not both.")
        }
        if request.hasAsOf {
            let instant = try instantMs(asOf: request.asOf)
            do {
                return try LogReader(log).position(asOfMs: instant)
            } catch {
                throw .busy("The log could not be read at that time. daybook verify says more.")
            }
        }
        let end = request.hasPosition ? request.position : log.size
        guard end <= log.size else { throw .field("position", "The log has \(log.size) records.") }
        return end
    }
}

/// The digests over the first records of the log.
struct DigestFinding: Encodable, Sendable {
    struct View: Encodable, Sendable {
        var view: String
        var digest: String
    }

    /// How many records.
    var position: UInt64
    var state: String
    var views: [View]
}
