import Foundation
import LMDBKit

/// A read model whose files are at fault: a damaged page, a write that failed. Nothing of them is read any more, and it is
/// made anew from the log, on a thread of its own, until that succeeds.
extension View {
    /// - Parameter broken: the generation that was met; if another serves by now, nothing is wrong with that.
    func breakDown(_ broken: Generation<P>, _ reason: String) {
        let (isFirst, isLast) = locked { () -> (Bool, Bool) in
            // Rows of a former version are replaced in any case.
            guard broken === generation, mending == nil, upgrade == nil else { return (false, isEnding) }
            mending = 0
            if !isEnding { mendThreads += 1 }
            stopped = (committed, reason)
            condition.broadcast()
            return (true, isEnding)
        }
        guard isFirst else { return }
        // Nor does the next start go on with it.
        broken.distrust()
        guard !isLast else { return }
        let thread = Thread { [self] in
            Thread.standBack(.job)
            mend()
            locked {
                mendThreads -= 1
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
        case .failed, .damaged, .damagedFile, .lostTable: guard error.isDamage else { return false }
        }
        breakDown(generation, "its files are damaged")
        return true
    }

    /// Blocks until nothing is being mended.
    func awaitMending(_ isCancelled: () -> Bool, _ progress: (Int) -> Void = { _ in }) throws {
        while let permille = locked({ mending }) {
            guard !isCancelled() else { throw Cancelled() }
            progress(permille)
            locked { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.05)) }
        }
    }

    private func mend() {
        var pause: TimeInterval = 0.25
        while locked({ mending != nil && !isEnding }) {
            BuildTurn.take(unless: { locked { isEnding } }) { tryToMend() }
            // A disk without room, above all, is no reason to try without rest.
            let until = Date(timeIntervalSinceNow: pause)
            pause = min(2 * pause, 300)
            locked { while mending != nil, !isEnding, condition.wait(until: until) {} }
        }
    }

    private func tryToMend() {
        do {
            // A record that has ended the process is for the follower, whose crashes are noted.
            guard try !aside({ [self] _ in inHand.refused != nil }) else { throw ProjectionError.ended }
            _ = try build(
                verifyOnly: false, progress: { permille in locked { if mending != nil { mending = permille } } },
                isCancelled: { locked { isEnding || mending == nil } })
        } catch let error as LMDBError where error == .diskFull || error == .mapFull {
            // It is tried again.
        } catch is Cancelled {
            // It ends, or another rebuild was first.
        } catch {
            // The follower goes from the first record, and stops at the one that cannot be folded in.
            try? aside { [self] live in
                if locked({ mending != nil && !isEnding }) { try startAnew(instead: live) }
            }
        }
    }
}
