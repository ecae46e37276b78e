import Synchronization

/// How careful a start is with files that the last process may have died of.
///
/// After a sudden end the pages of each file are looked at before liblmdb reads them, as far as half a second allows: a
/// start after `kill -9` stays quick, and one after a death by a damaged page does not die of it again. After the third
/// sudden end in a row all of them are.
public final class FileCare: Sendable {
    /// Sudden ends in a row after which time is no limit.
    public static let patienceEnds = 3
    private static let time = Duration.milliseconds(500)

    private let suddenEnds: Int
    private let deadline = Mutex<ContinuousClock.Instant?>(nil)
    private let told: @Sendable (String) -> Void

    private struct OutOfTime: Error {}

    /// - Parameters:
    ///   - suddenEnds: how many in a row came before this start.
    ///   - told: hears what is found, and what is done about it.
    public init(suddenEnds: Int = 0, told: @escaping @Sendable (String) -> Void = { _ in }) {
        self.suddenEnds = suddenEnds
        self.told = told
    }

    /// What is damaged in an environment that nobody has open, as far as there is reason and time to look.
    ///
    /// - Parameter always: also when the last end was in order.
    public func damage(inFolder folder: String, always: Bool = false) -> PageFault? {
        guard suddenEnds > 0 || always, let walk = try? PageWalk(path: folder + "/data.mdb") else { return nil }
        let end = deadline.withLock { deadline in
            let end = deadline ?? .now + Self.time
            deadline = end
            return end
        }
        let isPatient = suddenEnds >= Self.patienceEnds
        var faults: [PageFault] = []
        // Out of time is no reason to forget what was found.
        try? PageSweep.sweep(walk, into: &faults) { if !isPatient, ContinuousClock.now > end { throw OutOfTime() } }
        return faults.first
    }

    /// Says that files are replaced, and why.
    public func tell(_ text: String) { told(text) }
}
