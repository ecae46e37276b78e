extension PracticePolicy {
    /// How far ahead staff book, in milliseconds. The policy's horizon binds clients only (INV-SCHED-11); beyond ten
    /// years a date is a slip of the hand.
    public static let aheadMaxMs: Int64 = 3_653 * 86_400_000
}
