import Foundation

extension View {
    /// Builds the rows of the projector's present version on a thread of its own, beside those of a former version,
    /// which serve meanwhile.
    func startUpgrade() {
        let thread = Thread { [self] in
            Thread.standBack(.job)
            BuildTurn.take(unless: { locked { isEnding } }) { runUpgrade() }
            locked {
                isUpgrading = false
                condition.broadcast()
            }
        }
        thread.name = "\(P.name) new"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Blocks until no upgrade is on its way.
    func awaitUpgrade(_ isCancelled: () -> Bool) throws {
        condition.lock()
        defer { condition.unlock() }
        while isUpgrading {
            guard !isCancelled() else { throw Cancelled() }
            _ = condition.wait(until: Date(timeIntervalSinceNow: 0.05))
        }
    }

    private func runUpgrade() {
        // When the process ends meanwhile, the next starts know.
        let inHand = RecordInHand(path: generations.inHandAsidePath, version: P.version)
        inHand.watchThread()
        defer {
            RecordInHand.unwatchThread()
            inHand.putDown()
        }
        do {
            _ = try build(
                verifyOnly: false, inHand: inHand, progress: { [self] permille in locked { upgrade = permille } },
                isCancelled: { [self] in locked { isEnding } })
        } catch {
            // Ending in order is no failure. Else the follower goes from the first record, and stops at the one that
            // cannot be folded in; when there is no room for that either, the next start tries again.
            guard !locked({ isEnding }), (try? aside { [self] in try startAnew(instead: $0) }) != nil else { return }
        }
        inHand.forget()
        locked { upgrade = nil }
    }

    func startAnew(instead live: Generation<P>) throws {
        let number = try generations.next()
        let empty = try Generation<P>(folder: generations.folder(number))
        try empty.markInUse()
        try generations.setCurrent(number)
        serve(empty, position: 0)
        live.remove()
    }
}

/// Two are built at a time, so that commands and questions have a core's worth too.
enum BuildTurn {
    private static let places = DispatchSemaphore(value: 2)

    static func take(unless isOver: () -> Bool, _ body: () -> Void) {
        while places.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
            if isOver() { return }
        }
        defer { places.signal() }
        if !isOver() { body() }
    }
}
