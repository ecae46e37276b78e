/// The time by which keys of requests are begun and destroyed.
///
/// It is the clock's, but never before the last record and never more than a day after it: a clock that is wrong for a
/// minute destroys nothing and begins no key of a year to come. Where nothing is recorded for days, keys wait as long.
enum RotationTime {
    private static let dayMs: Int64 = 86_400_000

    /// - Parameter lastRecordedMs: nil on an empty log, whose clock nothing can be held against.
    static func ms(nowMs: Int64, lastRecordedMs: Int64?) -> Int64 {
        guard let lastRecordedMs else { return nowMs }
        return min(max(nowMs, lastRecordedMs), lastRecordedMs + dayMs)
    }
}
