/// How often a client comes.
enum Rhythm: Sendable, Equatable {
    case weekly
    /// In weeks of this parity.
    case fortnightly(Int)

    func includes(week: Int) -> Bool {
        switch self {
        case .weekly: true
        case .fortnightly(let parity): (week & 1) == parity
        }
    }

    func meets(_ other: Rhythm) -> Bool {
        if case .fortnightly(let parity) = self, case .fortnightly(let others) = other { return parity == others }
        return true
    }
}

/// The hour that a client has for good.
struct StandingSlot: Sendable {
    var therapist: Int
    var weekday: Int
    var place: DemoPlace?
    /// Minutes since midnight.
    var start: Int
    var minutes: Int
    var rhythm: Rhythm
    /// Weeks in which it is taken.
    var weeks: Range<Int>
}

/// Who has which hour: no two share one.
struct StandingSlots: Sendable {
    private var taken: [StandingSlot] = []

    /// A free hour of a therapist for a service, or nil.
    mutating func take(
        _ service: DemoService, with therapist: Int, _ rhythm: Rhythm, weeks: Range<Int>, _ random: inout SeededRandom
    ) -> StandingSlot? {
        let kept = WorkingWeek.keptFree(therapist)
        var candidates: [StandingSlot] = []
        for block in WorkingWeek.blocks(therapist) where service != .couples80 || block.place != nil {
            let last = block.to - service.occupiedMinutes
            for start in stride(from: block.from, through: max(block.from, last), by: 30) where start <= last {
                let isKept =
                    block.weekday == kept.weekday && start < kept.to && kept.from < start + service.occupiedMinutes
                guard !isKept else { continue }
                candidates.append(
                    StandingSlot(
                        therapist: therapist, weekday: block.weekday, place: block.place, start: start,
                        minutes: service.occupiedMinutes, rhythm: rhythm, weeks: weeks))
            }
        }
        guard let slot = random.shuffled(candidates).first(where: isFree) else { return nil }
        taken.append(slot)
        return slot
    }

    private func isFree(_ slot: StandingSlot) -> Bool {
        !taken.contains { other in
            other.therapist == slot.therapist && other.weekday == slot.weekday && other.weeks.overlaps(slot.weeks)
                && other.rhythm.meets(slot.rhythm) && other.start < slot.start + slot.minutes
                && slot.start < other.start + other.minutes
        }
    }
}
