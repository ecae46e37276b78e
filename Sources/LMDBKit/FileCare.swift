import Synchronization

/// How careful a start is with files that the last process may have died of.
///
/// After a crash, which a kill is not, the pages of each file are looked at before liblmdb reads them, as far as half a
/// second allows: one after a death by a damaged page does not die of it again. After the third crash in a row all of them
/// are.
public final class FileCare: Sendable {
    /// Crashes in a row after which time is no limit.
    public static let patienceCrashes = 3
    private static let time = Duration.milliseconds(500)

    private let crashes: Int
    private let deadline = Mutex<ContinuousClock.Instant?>(nil)
    private let told: @Sendable (String) -> Void

    private struct OutOfTime: Error {}

    /// - Parameters:
    ///   - crashes: how many ends by the process's own fault came right before this start.
    ///   - told: hears what is found, and what is done about it.
    public init(crashes: Int = 0, told: @escaping @Sendable (String) -> Void = { _ in }) {
        self.crashes = crashes
        self.told = told
    }

    /// What is damaged in an environment that nobody has open, as far as there is reason and time to look.
    ///
    /// - Parameter always: also when the last end was no crash.
    public func damage(inFolder folder: String, always: Bool = false) -> PageFault? {
        guard crashes > 0 || always, let walk = try? PageWalk(path: folder + "/data.mdb") else { return nil }
        let end = deadline.withLock { deadline in
            let end = deadline ?? .now + Self.time
            deadline = end
            return end
        }
        let isPatient = crashes >= Self.patienceCrashes
        var faults: [PageFault] = []
        // Out of time is no reason to forget what was found.
        try? PageSweep.sweep(walk, into: &faults) { if !isPatient, ContinuousClock.now > end { throw OutOfTime() } }
        return faults.first
    }

    /// Says that files are replaced, and why.
    public func tell(_ text: String) { told(text) }
}
