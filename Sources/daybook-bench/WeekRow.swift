/// What all must agree on: who has whom, where and when. People and rooms go by their numbers in the plan.
struct WeekRow: Hashable {
    let therapist: Int
    let client: Int
    let room: Int
    let startMs: Int64
    let endMs: Int64

    /// Whether two answers have the same rows, in whatever order those of one instant come.
    static func agree(_ left: [WeekRow], _ right: [WeekRow]) -> Bool {
        left.count == right.count && Set(left).count == left.count && Set(left) == Set(right)
    }
}
