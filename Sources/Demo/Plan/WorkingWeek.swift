/// Hours on one day of the week at one place.
struct WorkBlock: Sendable {
    /// 1 is Monday.
    var weekday: Int
    /// Nil is online.
    var place: DemoPlace?
    /// Minutes since midnight.
    var from: Int
    var to: Int
}

/// The week of each therapist, by index.
enum WorkingWeek {
    static func blocks(_ therapist: Int) -> [WorkBlock] {
        let split = [(540, 720), (780, 1_020)]
        return switch therapist {
        case 0:
            days([1, 2, 3], .harbour, split) + days([4], nil, [(540, 780)]) + days([5], .harbour, [(540, 780)])
        case 1:
            days([1, 2], .linden, [(540, 720), (780, 1_080)]) + days([4], .harbour, [(600, 840), (900, 1_140)])
                + days([5], nil, [(540, 900)])
        case 2:
            days([2, 5], .harbour, [(480, 720), (780, 960)]) + days([3, 4], .linden, split)
        default:
            days([1], nil, [(720, 1_200)]) + days([3, 4], .harbour, split) + days([6], .harbour, [(540, 780)])
        }
    }

    private static func days(_ weekdays: [Int], _ place: DemoPlace?, _ hours: [(Int, Int)]) -> [WorkBlock] {
        weekdays.flatMap { day in
            hours.map { WorkBlock(weekday: day, place: place, from: $0.0, to: $0.1) }
        }
    }

    /// Hours that no client has for good: for intakes, and for whoever asks at short notice.
    static func keptFree(_ therapist: Int) -> WorkBlock {
        switch therapist {
        case 0: WorkBlock(weekday: 1, place: .harbour, from: 840, to: 1_020)
        case 1: WorkBlock(weekday: 2, place: .linden, from: 900, to: 1_080)
        case 2: WorkBlock(weekday: 3, place: .linden, from: 840, to: 1_020)
        default: WorkBlock(weekday: 4, place: .harbour, from: 840, to: 1_020)
        }
    }
}
