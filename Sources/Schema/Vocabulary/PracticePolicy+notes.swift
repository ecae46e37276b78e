/// A practice that began before these numbers were recorded has the ones that new practices begin with.
extension PracticePolicy {
    public static let noteDueHoursUsual: UInt32 = 48
    public static let lateEntryHoursUsual: UInt32 = 72
    public static let autosaveMinutesUsual: UInt32 = 10

    private static let hourMs: Int64 = 3_600_000

    /// From the end of a session until its note is overdue, in milliseconds.
    public var noteDueMs: Int64 { Int64(noteDueHours == 0 ? Self.noteDueHoursUsual : noteDueHours) * Self.hourMs }

    /// From the end of a session until its note counts as a late entry, in milliseconds.
    public var lateEntryMs: Int64 {
        Int64(lateEntryHours == 0 ? Self.lateEntryHoursUsual : lateEntryHours) * Self.hourMs
    }

    /// From the last event of a draft until an editor's own saving becomes one, in milliseconds.
    public var autosaveMs: Int64 {
        Int64(autosaveMinutes == 0 ? Self.autosaveMinutesUsual : autosaveMinutes) * 60_000
    }
}
