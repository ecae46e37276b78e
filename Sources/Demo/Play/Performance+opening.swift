import Schema
import Timetable

/// What is planned before the first day.
extension Performance {
    mutating func opening() {
        planRegistrations()
        for week in 0...max(0, size.weeksBefore + 1) {
            plan(.planWeek(week), on: time.date(week: week), at: 8 * 60)
            planWeekdays(week)
        }
        planAbsences()
        for week in stride(from: 10, to: size.weeksBefore, by: 10) {
            plan(.renewTokens, on: time.date(week: week, weekday: 7), at: 18 * 60)
            plan(.audit, on: time.date(week: week, weekday: 3), at: 11 * 60 + 2)
        }
        // Short demos have an auditor too.
        plan(.audit, on: time.date(week: 1, weekday: 3), at: 11 * 60 + 2)
        plan(.renewTokens, atMs: time.endMs - 60 * 60_000)
    }

    /// Those on file before the first week come on one day, in order of their number.
    private mutating func planRegistrations() {
        for (index, client) in clients.enumerated() {
            if client.registeredInWeek < 0 {
                plan(.register(index, acknowledging: []), on: time.date(week: -1, weekday: 4), at: 9 * 60)
            } else {
                plan(
                    .register(index, acknowledging: []),
                    on: time.date(week: client.registeredInWeek, weekday: 1 + index % 5), at: 10 * 60 + index % 6 * 5)
            }
        }
    }

    private mutating func planWeekdays(_ week: Int) {
        for weekday in 1...6 {
            let date = time.date(week: week, weekday: weekday)
            plan(.lookAtDay(date), on: date, at: 8 * 60 + 20)
        }
        for _ in 0..<max(1, size.clients / 25) {
            plan(
                .contact(random.int(0...size.clients - 1)), on: time.date(week: week, weekday: random.int(1...5)),
                at: random.int(9...16) * 60 + 25)
        }
        if week % 2 == 1 { planExtra(week, random.int(0...size.therapists - 1)) }
        if week % 5 == 2 { planAfterwards(week, random.int(0...size.therapists - 1)) }
        if week % 6 == 3 { planMistake(week, random.int(0...size.therapists - 1)) }
        if week % 9 == 4 { planJoint(week) }
        if week % 13 == 6 {
            let therapist = random.int(0...size.therapists - 1)
            plan(
                .openExtra(therapist: therapist, time.date(week: week + 2, weekday: 7)), on: time.date(week: week),
                at: 12 * 60 + 40)
        }
    }

    /// A client of a therapist, whatever the order of registration.
    private mutating func someClient(of therapist: Int) -> Int? {
        let own = clients.indices.filter { clients[$0].therapist == therapist && clients[$0].registeredInWeek < 0 }
        return own.isEmpty ? nil : random.pick(own)
    }

    /// An hour after the therapist's day, with a reason.
    private mutating func planExtra(_ week: Int, _ therapist: Int) {
        let kept = WorkingWeek.keptFree(therapist)
        guard let client = someClient(of: therapist),
            let start = start(week: week, weekday: kept.weekday, minute: kept.to + 30)
        else { return }
        let booking = Booking(
            kind: .outsideHours, client: client, therapist: therapist, service: .individual50, place: kept.place,
            start: start)
        plan(.book(booking), on: time.date(week: week - 1, weekday: 5), at: 12 * 60 + 50)
    }

    private mutating func planAfterwards(_ week: Int, _ therapist: Int) {
        let kept = WorkingWeek.keptFree(therapist)
        guard let client = someClient(of: therapist),
            let start = start(week: week, weekday: kept.weekday, minute: kept.to - 60)
        else { return }
        let booking = Booking(
            kind: .afterwards, client: client, therapist: therapist, service: .individual50, place: kept.place,
            start: start)
        plan(.book(booking), on: time.date(week: week, weekday: kept.weekday + 1), at: 8 * 60 + 40)
    }

    private mutating func planMistake(_ week: Int, _ therapist: Int) {
        let kept = WorkingWeek.keptFree(therapist)
        guard let client = someClient(of: therapist),
            let start = start(week: week + 1, weekday: kept.weekday, minute: kept.to - 60)
        else { return }
        let booking = Booking(
            kind: .mistaken, client: client, therapist: therapist, service: .individual50, place: kept.place,
            start: start)
        plan(.book(booking), on: time.date(week: week, weekday: 2), at: 13 * 60 + 20)
    }

    /// Over another session of the therapist, which only a manager may.
    private mutating func planJoint(_ week: Int) {
        guard let client = someClient(of: 0),
            let other = clients.first(where: { $0.therapist == 0 && $0.slot?.place != nil })?.slot,
            let start = start(week: week, weekday: other.weekday, minute: other.start)
        else { return }
        let booking = Booking(
            kind: .joint, client: client, therapist: 0, service: .individual50, place: other.place, start: start)
        plan(.book(booking), on: time.date(week: week - 1, weekday: 3), at: 15 * 60 + 40)
    }
}
