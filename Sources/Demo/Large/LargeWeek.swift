/// An hour of a therapist's week that can be somebody's for good.
struct LargeSlot: Sendable {
    /// 1 is Monday.
    var weekday: Int
    /// Minutes since midnight by the clock of the therapist's place.
    var start: Int
    var service: DemoService
    var isOnline: Bool
}

/// Hours on one day of a therapist's week.
struct LargeBlock: Sendable {
    /// 1 is Monday.
    var weekday: Int
    /// Minutes since midnight.
    var from: Int
    var to: Int
    var isOnline: Bool
}

/// The week of each therapist: two shifts in the rooms of their place, three days online. No two have one room at a time.
struct LargeWeek: Sendable {
    let slots: [LargeSlot]
    /// For intakes.
    let intake: LargeSlot
    let blocks: [LargeBlock]

    /// - Parameter index: of a therapist among those of one place, at most 15.
    init(_ index: Int) {
        var slots: [LargeSlot] = []
        var blocks: [LargeBlock] = []
        var intake: LargeSlot?
        var inRooms: Set<Int> = []
        for shift in [index * 2, index * 2 + 1] {
            // Five days, mornings and afternoons, three rooms.
            let weekday = shift % 5 + 1
            let from = shift / 5 % 2 == 0 ? 8 * 60 : 14 * 60
            inRooms.insert(weekday)
            blocks.append(LargeBlock(weekday: weekday, from: from, to: from + 360, isOnline: false))
            if shift % 2 == 0 {
                slots += Self.row(weekday, from, [.individual50, .individual50, .individual50, .individual50], false)
                intake = LargeSlot(weekday: weekday, start: from + 240, service: .intake90, isOnline: false)
            } else if index % 2 == 0 {
                slots += Self.row(
                    weekday, from, [.individual50, .couples80, .individual50, .individual80, .individual50], false)
            } else {
                slots += Self.row(weekday, from, Array(repeating: .individual50, count: 6), false)
            }
        }
        for (order, weekday) in (1...5).filter({ !inRooms.contains($0) }).enumerated() {
            let from = (index + order) % 3 == 0 ? 13 * 60 : 9 * 60
            blocks.append(LargeBlock(weekday: weekday, from: from, to: from + 300, isOnline: true))
            // The last hour stays free for whoever has to move; on one of the days two.
            let count = order == 2 ? 3 : 4
            slots += Self.row(weekday, from, Array(repeating: .individual50, count: count), true)
        }
        self.slots = slots
        self.blocks = blocks
        self.intake = intake ?? slots[0]
    }

    private static func row(_ weekday: Int, _ from: Int, _ services: [DemoService], _ isOnline: Bool) -> [LargeSlot] {
        var start = from
        return services.map { service in
            defer { start += service.occupiedMinutes }
            return LargeSlot(weekday: weekday, start: start, service: service, isOnline: isOnline)
        }
    }
}
