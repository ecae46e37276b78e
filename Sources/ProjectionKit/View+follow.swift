import Foundation
import LMDBKit
import Schema

extension View {
    /// On the follower's thread: folds in one transaction's worth, or one record while care is needed.
    func project(from start: UInt64) {
        if start == careful.refused { return stop(at: start, reached: start, reason: "the process ended here twice") }
        if careful.suspects(start) { projectOne(start) } else { projectMany(from: start) }
    }

    private func projectOne(_ position: UInt64) {
        let generation = locked { self.generation }
        do {
            try careful.attempt(position) { try generation.advance(to: position + 1, from: source) }
            commit(position + 1)
        } catch {
            halt(generation, at: position, error)
        }
    }

    /// Until idle, at most 2,000 records.
    private func projectMany(from start: UInt64) {
        let generation = locked { self.generation }
        var position = start
        do {
            let writer = try generation.beginWriting()
            let end = min(
                source.size, start + CarefulStart.recordsMax, careful.refused.flatMap { $0 > start ? $0 : nil } ?? .max)
            while position < end {
                position = try source.read(from: position, upTo: end) { recorded in
                    try generation.projector.project(recorded, into: writer)
                    // What fails is the next, be it in reading it or in folding it in.
                    position = recorded.position + 1
                }
            }
            try generation.commit(writer, position: position)
            commit(position)
        } catch {
            halt(generation, at: position, error)
        }
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
        if breakDown(generation, if: error) { return }
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
