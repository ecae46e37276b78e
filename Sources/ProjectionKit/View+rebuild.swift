extension View {
    public func rebuild(
        verifyOnly: Bool, progress: @escaping @Sendable (Int) -> Void, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RebuildOutcome {
        let number = try generations.next()
        let fresh = try Generation<P>(folder: generations.folder(number))
        do {
            let end = source.size
            try fresh.advance(to: end, from: source) { position in
                guard !isCancelled() else { throw Cancelled() }
                progress(Int(position * 1_000 / max(end, 1)))
            }
            if !verifyOnly { try fresh.markInUse() }
            let outcome = try aside { [self] live in try settle(live, fresh, number, verifyOnly: verifyOnly) }
            if verifyOnly { fresh.remove() }
            return outcome
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
