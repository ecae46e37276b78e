/// How large a large demo is.
public struct LargeSize: Sendable {
    public static let therapistsMax = 50
    /// Ten years.
    public static let weeksMax = 520

    public var therapists: Int
    /// Weeks of sessions before today.
    public var weeks: Int

    public init(therapists: Int, weeks: Int) {
        precondition((1...Self.therapistsMax).contains(therapists), "the cast has so many therapists")
        precondition((1...Self.weeksMax).contains(weeks), "at least a week, and not for ever")
        self.therapists = therapists
        self.weeks = weeks
    }

    /// 50 therapists and five years.
    public static let group = LargeSize(therapists: 50, weeks: 261)
}
