import Foundation
import LMDBKit

extension View {
    public func rebuild(
        verifyOnly: Bool, from reader: SharedReplay.Reader?, progress: @escaping @Sendable (Int) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RebuildOutcome {
        // While it waits nobody waits for it: read models are mended a few at a time, and the one whose turn it is may wait
        // for its own rebuild, which waits for the readers of others.
        func mustEnd() -> Bool {
            reader?.leave()
            return isCancelled()
        }
        // Rows of a former version equal no rebuild, and files at fault have none.
        try awaitUpgrade(mustEnd)
        try awaitMending(mustEnd)
        let outcome = try build(verifyOnly: verifyOnly, from: reader, progress: progress, isCancelled: isCancelled)
        guard !verifyOnly, !outcome.pageFaults.isEmpty else { return outcome }
        // It is being made anew already; once is enough.
        try awaitMending(mustEnd, progress)
        guard locked({ stopped == nil }) else {
            return try build(verifyOnly: verifyOnly, from: reader, progress: progress, isCancelled: isCancelled)
        }
        let (position, digest) = try digest()
        return RebuildOutcome(
            position: position, newDigest: digest, isSwitched: true, pageFaults: outcome.pageFaults)
    }

    /// Both digests are taken from snapshots, at one position, on the caller's thread: whoever asks meanwhile is answered.
    func build(
        verifyOnly: Bool, from reader: SharedReplay.Reader? = nil, inHand: RecordInHand? = nil,
        progress: (Int) -> Void, isCancelled: () -> Bool
    ) throws -> RebuildOutcome {
        let source: any RecordSource = reader ?? source
        let pace = Pace(beside: source)
        func mayGoOn() throws {
            if isCancelled() { throw Cancelled() }
            pace.step()
        }
        // Rows of a former version are neither waited for nor compared.
        let isOutdated = locked { upgrade != nil }
        if !isOutdated {
            let faults = try lookAtPages(mayGoOn)
            guard faults.isEmpty else { return RebuildOutcome(isSwitched: false, pageFaults: faults) }
            try caughtUp(mayGoOn)
        }
        let (live, isStopped) = locked { (generation, stopped != nil || isOutdated) }
        // A live one that has stopped cannot be brought further, and one that is damaged cannot be read to its end; then
        // there is nothing to compare.
        let liveDigest = isStopped ? nil : try digest(of: live, mayGoOn)
        let end = liveDigest?.position ?? source.size
        return try withFresh(end, source, pace, inHand, progress, isCancelled) { fresh, number in
            let outcome = RebuildOutcome(
                position: end, liveDigest: liveDigest?.digest, newDigest: try fresh.digest(mayGoOn: mayGoOn).digest,
                isSwitched: !verifyOnly)
            if verifyOnly {
                fresh.remove()
            } else {
                // What has come meanwhile first, so that little is left to do while the follower waits.
                try fresh.advance(to: source.size, from: source, inHand: inHand, pace: pace) { _ in try mayGoOn() }
                try fresh.markInUse()
                try aside { [self] live in try switchOver(from: live, to: fresh, number) }
            }
            return outcome
        }
    }

    /// Before anything is read through liblmdb, which damaged pages can end the process in. What has any is made anew
    /// without being asked to.
    private func lookAtPages(_ mayGoOn: () throws -> Void) throws -> [PageFault] {
        guard let live = locked({ stopped == nil ? generation : nil }) else { return [] }
        let faults = try live.environment.damagedPages(mayGoOn: mayGoOn)
        if let first = faults.first { breakDown(live, "damaged \(first)") }
        return faults
    }

    private func digest(
        of live: Generation<P>, _ mayGoOn: () throws -> Void
    ) throws -> (position: UInt64, digest: String)? {
        do {
            return try live.digest(mayGoOn: mayGoOn)
        } catch let error as LMDBError {
            guard error.isDamage else { throw error }
            return nil
        }
    }

    /// Waits for the follower to have what is in the log now, unless it has stopped.
    private func caughtUp(_ mayGoOn: () throws -> Void) throws {
        let head = source.size
        while case .behind = reach(head, timeout: .milliseconds(50)) {
            try mayGoOn()
            if locked({ mending != nil }) { return }
        }
    }

    public func digest(
        ofFirst end: UInt64, from reader: SharedReplay.Reader?, progress: @escaping @Sendable (Int) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> String {
        let source: any RecordSource = reader ?? source
        let pace = Pace(beside: source)
        return try withFresh(end, source, pace, nil, progress, isCancelled) { fresh, _ in
            defer { fresh.remove() }
            return try fresh.digest {
                if isCancelled() { throw Cancelled() }
                pace.step()
            }.digest
        }
    }

    /// Lends a generation of its own, made of the first `end` records; it is removed when `body` fails.
    private func withFresh<Result>(
        _ end: UInt64, _ source: any RecordSource, _ pace: Pace, _ inHand: RecordInHand?, _ progress: (Int) -> Void,
        _ isCancelled: () -> Bool,
        _ body: (Generation<P>, UInt64) throws -> Result
    ) throws -> Result {
        // One at a time, so that each has a number of its own.
        while !rebuilding.lock(before: Date(timeIntervalSinceNow: 0.05)) {
            guard !isCancelled() else { throw Cancelled() }
        }
        defer { rebuilding.unlock() }
        let number = try generations.next()
        let fresh = try Generation<P>(folder: generations.folder(number))
        do {
            try fresh.advance(to: end, from: source, inHand: inHand, pace: pace) { position in
                guard !isCancelled() else { throw Cancelled() }
                progress(Int(position * 1_000 / max(end, 1)))
            }
            return try body(fresh, number)
        } catch {
            fresh.remove()
            throw error
        }
    }

    /// On the follower's thread, so that neither moves.
    private func switchOver(from live: Generation<P>, to fresh: Generation<P>, _ number: UInt64) throws {
        let end = source.size
        try fresh.advance(to: end, from: source)
        try generations.setCurrent(number)
        serve(fresh, position: end)
        inHand.forget()
        live.remove()
    }
}
