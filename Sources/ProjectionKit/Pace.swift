import Foundation

/// Work that nobody waits for leaves the processors to those who do: while the log grows, somebody is being answered, and
/// every slice of work is followed by a rest three times as long. Threads that work abreast share that quarter of a core.
///
/// Without it one rebuild takes a whole core, and on two of them a booking's p99 rises from 2 to 5 times its median.
/// It belongs to one thread. Step only where no lock and no transaction on the log is held.
public final class Pace {
    /// As long as somebody is kept waiting at most when both cores are busy, in nanoseconds.
    static let slice: UInt64 = 500_000
    static let restsPerSlice: UInt64 = 3
    private let rests: UInt64
    static let restMax: UInt64 = 50_000_000
    /// A log that did not grow for so long has nobody waiting.
    static let quietAfter: UInt64 = 50_000_000
    /// Records between two steps: about a slice.
    public static let records: UInt64 = 16

    private let size: () -> UInt64
    private let now: () -> UInt64
    private let rest: (UInt64) -> Void
    private var sliceBegan: UInt64
    private var sizeSeen: UInt64
    private var grewAt: UInt64?

    /// - Parameter rest: waits until then, or until it has reason not to.
    public convenience init(
        beside source: any RecordSource, rest: @escaping (Date) -> Void = { Thread.sleep(until: $0) }
    ) {
        self.init(
            abreast: source.abreast, size: { source.size }, now: { DispatchTime.now().uptimeNanoseconds },
            rest: { rest(Date(timeIntervalSinceNow: Double($0) / 1e9)) })
    }

    /// - Parameters:
    ///   - abreast: how many threads work at once.
    ///   - size: of the log.
    ///   - now: nanoseconds of a clock that never goes back.
    ///   - rest: waits for so many nanoseconds.
    init(
        abreast: Int = 1, size: @escaping () -> UInt64, now: @escaping () -> UInt64, rest: @escaping (UInt64) -> Void
    ) {
        rests = (Self.restsPerSlice + 1) * UInt64(abreast) - 1
        self.size = size
        self.now = now
        self.rest = rest
        sliceBegan = now()
        sizeSeen = size()
    }

    /// What went before was no work.
    public func begin() { sliceBegan = now() }

    /// Rests, when there is reason to. Call it often.
    public func step() {
        let time = now()
        let worked = time - sliceBegan
        guard worked >= Self.slice else { return }
        let size = size()
        if size != sizeSeen { grewAt = time }
        sizeSeen = size
        if let grewAt, time - grewAt < Self.quietAfter { rest(min(worked * rests, Self.restMax)) }
        sliceBegan = now()
    }
}
