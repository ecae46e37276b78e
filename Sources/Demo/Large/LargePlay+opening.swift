import Schema
import Timetable

/// What is planned before the first day.
extension LargePlay {
    mutating func opening() {
        for therapist in weeks.indices {
            for slot in weeks[therapist].slots.indices {
                if random.chance(percent: 65) {
                    open(therapist, slot, .weekly)
                } else {
                    open(therapist, slot, .fortnightly(0))
                    open(therapist, slot, .fortnightly(1))
                }
            }
            planAbsences(therapist)
        }
        let lastWeek = time.week(of: time.today)
        for day in 0...(lastWeek + 1) * 7 {
            guard let date = time.firstMonday.adding(days: day), date.weekday < 6 else { continue }
            plan(.lookAtDay(date), on: date, at: 7 * 60 + 50)
        }
        for week in stride(from: 10, through: lastWeek, by: 10) {
            plan(.renewTokens, on: time.date(week: week, weekday: 7), at: 18 * 60)
        }
        plan(.renewTokens, atMs: time.endMs - 60 * 60_000)
        for year in time.firstMonday.year + 1...max(time.firstMonday.year + 1, time.today.year) {
            guard let date = LocalDate(year: year - 1, month: 12, day: 1) else { continue }
            plan(.publishPrices(year: year), on: date, at: 12 * 60)
        }
        planBilling(after: time.firstMonday)
    }

    /// Whoever has the hour when the practice begins.
    private mutating func open(_ therapist: Int, _ slot: Int, _ rhythm: Rhythm) {
        let index = clients.count
        clients.append(person(therapist, slot, rhythm, weeks: 0..<random.int(2...90)))
        plan(
            .register(index, acknowledging: []),
            atMs: time.ms(time.date(week: -1, weekday: 3), minute: 9 * 60) + Int64(index) * 15_000)
    }

    func billingDay(after date: LocalDate) -> LocalDate? {
        let (year, month, _) = date.components
        let first = LocalDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
        return first.flatMap { $0.weekday < 6 ? $0 : $0.adding(days: 8 - $0.weekday) }
    }

    mutating func planBilling(after date: LocalDate) {
        guard let next = billingDay(after: date) else { return }
        plan(.billAll(next), on: next, at: 9 * 60)
    }

    mutating func person(_ therapist: Int, _ slot: Int, _ rhythm: Rhythm, weeks: Range<Int>) -> LargeClient {
        let isMinor = random.chance(percent: 11)
        let years = isMinor ? random.int(8...15) : random.int(20...79)
        let born = time.date(week: weeks.lowerBound).adding(days: -years * 365 - random.int(1...330))
        return LargeClient(
            therapist: therapist, slot: slot, rhythm: rhythm, weeks: weeks,
            payer: random.chance(percent: 15) ? random.int(0...LargeTexts.payers.count - 1) : nil,
            born: born ?? time.firstMonday, isMinor: isMinor)
    }

    private mutating func planAbsences(_ therapist: Int) {
        let last = time.week(of: time.today)
        for year in 0...last / 52 {
            for (first, days, kind) in [
                (4, 7, TimeOffKind.Value.annual), (22, 7, .annual), (36, 7, .annual), (14, 1, .training),
                (44, 1, .training),
            ] {
                let week = year * 52 + first + random.int(0...8)
                let absence = LargeAbsence(
                    therapist: therapist, from: time.date(week: week, weekday: days == 1 ? random.int(1...5) : 1),
                    days: days, kind: kind)
                plan(.requestTimeOff(absence), on: time.date(week: week - 5, weekday: 2), at: 12 * 60 + 45)
            }
            for _ in 0..<2 {
                let day = time.date(week: year * 52 + random.int(0...51), weekday: random.int(1...5))
                plan(
                    .requestTimeOff(LargeAbsence(therapist: therapist, from: day, days: 1, kind: .sick)), on: day,
                    at: 7 * 60 + 10)
            }
        }
    }
}
