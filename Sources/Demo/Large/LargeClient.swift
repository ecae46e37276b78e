import Timetable

/// A fictional client of the large clinic, and the hour that is theirs.
struct LargeClient: Sendable {
    /// Among therapists, from 0.
    var therapist: Int
    /// Among the slots of the therapist's week.
    var slot: Int
    var rhythm: Rhythm
    /// Weeks of treatment, after the intake.
    var weeks: Range<Int>
    /// Nil for those who are with the practice from its first week on.
    var intakeWeek: Int?
    /// Among payers; nil for those who pay themselves.
    var payer: Int?
    var born: LocalDate
    var isMinor: Bool

    /// Once registered.
    var id: UInt64?
    var hasLeft = false
    var bookedThroughWeek = -1
    /// What was charged and is on no invoice yet, minor units.
    var pendingMinor: Int64 = 0
    var pendingCharges: [UInt64] = []
    /// Fees that are proposed, with their amounts.
    var fees: [UInt64: Int64] = [:]
    var hasCredit = false
}

extension Names {
    /// As many pairs as there are with double names, each once below 27,000.
    static func manyPair(_ index: Int) -> (given: String, family: String) {
        // A stride that shares no factor with 27,000, so that neighbours differ in both names.
        let mixed = index * 7_919 % (given.count * 900)
        let name = mixed / given.count
        guard name >= family.count else { return (given[mixed % given.count], family[name]) }
        let first = (name - family.count) / (family.count - 1)
        let second = (name - family.count) % (family.count - 1)
        return (given[mixed % given.count], "\(family[first])-\(family[second < first ? second : second + 1])")
    }

    /// 555-0100 to 555-0199 belong to nobody, in whatever area.
    static func phone(_ index: Int) -> String {
        let last = index % 100
        return "+1 \(200 + index / 100 % 800) 555 01\(last < 10 ? "0" : "")\(last)"
    }
}
