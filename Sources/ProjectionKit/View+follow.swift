import Foundation
import LMDBKit
import Schema

extension View {
    /// On the follower's thread: folds in one transaction's worth, until idle, at most `transactionMax` records.
    ///
    /// - Parameter pace: rests while nobody waits for what is new.
    func project(from start: UInt64, pace: Pace?) {
        let refused = inHand.refused
        if let refused, refused.position == start { return stop(at: start, reached: start, reason: refused.reason) }
        let generation = locked { self.generation }
        var position = start
        pace?.begin()
        do {
            inHand.takeTransaction(start)
            let writer = try generation.beginWriting()
            let end = min(
                source.size, start + Self.transactionMax,
                refused.flatMap { $0.position > start ? $0.position : nil } ?? .max)
            while position < end {
                inHand.take(position)
                let pageEnd = pace == nil ? end : min(end, position + Pace.records)
                position = try source.read(from: position, upTo: pageEnd) { recorded in
                    try generation.projector.project(recorded, into: writer)
                    // What fails is the next, be it in reading it or in folding it in.
                    position = recorded.position + 1
                    inHand.take(position)
                }
                pace?.step()
            }
            inHand.takeTransaction(start)
            try generation.commit(writer, position: position) { pace?.step() }
            inHand.putDown(at: position)
            commit(position)
        } catch {
            inHand.putDown()
            halt(generation, at: position, error)
        }
    }

    /// While nobody waits for what is new, a little more of it is let come together: a transaction costs more than most
    /// records in it.
    func gather() {
        let until = Date(timeIntervalSinceNow: Self.gatheringSeconds)
        locked { while !isEnding, !isAwaited, condition.wait(until: until) {} }
    }

    private static var gatheringSeconds: Double { 0.1 }

    /// While the daemon starts, commands are waited for and read models that are far behind are not: in their first second
    /// these rest three times as long as they work.
    func leaveRoomForStart(workedSince began: ContinuousClock.Instant) {
        guard began - opened < .seconds(1), source.size > position + 10_000 else { return }
        let worked = (ContinuousClock.now - began) / .seconds(1)
        let until = Date(timeIntervalSinceNow: min(3 * worked, 0.2))
        locked { while !isEnding, condition.wait(until: until) {} }
    }

    private func commit(_ position: UInt64) {
        locked {
            committed = position
            condition.broadcast()
        }
    }

    /// Stops at the record that failed, with everything before it in place.
    ///
    /// A disk without room is no fault of the record: it is tried again, and questions are told of the lag meanwhile.
    private func halt(_ generation: Generation<P>, at position: UInt64, _ error: any Error) {
        if let error = error as? LMDBError, error == .diskFull || error == .mapFull {
            locked { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.25)) }
            // What was said to have failed may be done, and the environment may not go on after it.
            do {
                let reached = try generation.position()
                if reached != self.position { commit(reached) }
            } catch {
                _ = breakDown(generation, if: error)
            }
            return
        }
        // Rows of a former version are at fault for what the present projector makes of them, and are replaced anyway.
        if breakDown(generation, if: error), locked({ mending != nil }) { return }
        try? generation.advance(to: position, from: source)
        let reached = (try? generation.position()) ?? 0
        stop(at: position, reached: reached, reason: String(describing: type(of: error)))
    }

    private func stop(at position: UInt64, reached: UInt64, reason: String) {
        locked {
            committed = reached
            stopped = (position, reason)
            condition.broadcast()
        }
    }
}
