import Foundation
import LMDBKit

/// A read model whose files are at fault: a damaged page, a write that failed. Nothing of them is read any more, and it is
/// made anew from the log, on a thread of its own, until that succeeds.
extension View {
    public func damagedPages(isCancelled: () -> Bool) throws -> [PageFault] {
        try locked { generation }.environment.damagedPages { if isCancelled() { throw Cancelled() } }
    }

    public func breakDown(_ reason: String) { breakDown(locked { generation }, reason) }

    /// - Parameter broken: the generation that was met; if another serves by now, nothing is wrong with that.
    func breakDown(_ broken: Generation<P>, _ reason: String) {
        let isFirst = locked { () -> Bool in
            // Rows of a former version are replaced in any case.
            guard broken === generation, mending == nil, upgrade == nil, !isEnding else { return false }
            mending = 0
            isMending = true
            stopped = (committed, reason)
            condition.broadcast()
            return true
        }
        guard isFirst else { return }
        // Nor does the next start go on with it.
        broken.distrust()
        let thread = Thread { [self] in
            mend()
            locked {
                isMending = false
                condition.broadcast()
            }
        }
        thread.name = "\(P.name) mend"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Takes it out of service when an error tells of its files rather than of what was asked or folded in, and answers
    /// whether it does.
    func breakDown(_ generation: Generation<P>, if error: any Error) -> Bool {
        guard let error = error as? LMDBError else { return false }
        switch error {
        case .diskFull, .mapFull: return false
        // The system's own codes are positive: a page that could not be written, or read.
        case .failed(_, let code) where code > 0: break
        case .failed, .damaged, .damagedFile: guard error.isDamage else { return false }
        }
        breakDown(generation, "its files are damaged")
        return true
    }

    private func mend() {
        var pause: TimeInterval = 0.25
        while locked({ mending != nil && !isEnding }) {
            BuildTurn.take(unless: { locked { isEnding } }) {
                _ = try? build(
                    verifyOnly: false, progress: { permille in locked { if mending != nil { mending = permille } } },
                    isCancelled: { locked { isEnding || mending == nil } })
            }
            // A disk without room, above all, is no reason to try without rest.
            let until = Date(timeIntervalSinceNow: pause)
            pause = min(2 * pause, 300)
            locked { while mending != nil, !isEnding, condition.wait(until: until) {} }
        }
    }
}
