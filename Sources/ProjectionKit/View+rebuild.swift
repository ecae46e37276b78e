import Foundation

extension View {
    public func rebuild(
        verifyOnly: Bool, progress: @escaping @Sendable (Int) -> Void, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RebuildOutcome {
        // Rows of a former version equal no rebuild.
        try awaitUpgrade(isCancelled)
        return try build(verifyOnly: verifyOnly, progress: progress, isCancelled: isCancelled)
    }

    func build(verifyOnly: Bool, progress: (Int) -> Void, isCancelled: () -> Bool) throws -> RebuildOutcome {
        try withFresh(source.size, progress, isCancelled) { fresh, number in
            if !verifyOnly { try fresh.markInUse() }
            let outcome = try aside { [self] live in try settle(live, fresh, number, verifyOnly: verifyOnly) }
            if verifyOnly { fresh.remove() }
            return outcome
        }
    }

    public func digest(
        ofFirst end: UInt64, progress: @escaping @Sendable (Int) -> Void, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> String {
        try withFresh(end, progress, isCancelled) { fresh, _ in
            defer { fresh.remove() }
            return try fresh.digest().digest
        }
    }

    /// Lends a generation of its own, made of the first `end` records; it is removed when `body` fails.
    private func withFresh<Result>(
        _ end: UInt64, _ progress: (Int) -> Void, _ isCancelled: () -> Bool,
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
            try fresh.advance(to: end, from: source) { position in
                guard !isCancelled() else { throw Cancelled() }
                progress(Int(position * 1_000 / max(end, 1)))
            }
            return try body(fresh, number)
        } catch {
            fresh.remove()
            throw error
        }
    }

    /// On the follower's thread, so that neither moves: brings both to one position, compares, switches.
    private func settle(
        _ live: Generation<P>, _ fresh: Generation<P>, _ number: UInt64, verifyOnly: Bool
    ) throws -> RebuildOutcome {
        let end = source.size
        try fresh.advance(to: end, from: source)
        // A live one that has stopped cannot be brought further; then there is nothing to compare.
        try? live.advance(to: end, from: source)
        let liveDigest = try live.digest()
        let newDigest = try fresh.digest().digest
        let outcome = RebuildOutcome(
            position: end, liveDigest: liveDigest.position == end ? liveDigest.digest : nil, newDigest: newDigest,
            isSwitched: !verifyOnly)
        if verifyOnly {
            if liveDigest.position == end { serve(live, position: end) }
        } else {
            try generations.setCurrent(number)
            serve(fresh, position: end)
            live.remove()
        }
        return outcome
    }
}
