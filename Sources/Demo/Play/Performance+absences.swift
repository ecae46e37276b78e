import Schema
import Timetable

/// Who is away when.
extension Performance {
    mutating func planAbsences() {
        for therapist in 0..<size.therapists {
            // A week in each half of the year, and two single days.
            for (week, days) in [(12, 7), (36, 7), (21, 1), (45, 1)] {
                let start = week + therapist * 2
                guard start < size.weeksBefore else { continue }
                let weekday = days == 1 ? WorkingWeek.keptFree(therapist).weekday : 1
                let from = time.date(week: start, weekday: weekday)
                planAbsence(therapist, from, days: days, days == 1 ? .training : .annual, isApproved: true)
            }
        }
        // Those to come: one that is approved, one that waits for somebody to approve it.
        let week = time.week(of: time.today)
        if size.therapists > 1 {
            planAbsence(1, time.date(week: week + 3), days: 7, .annual, isApproved: true, requestedInWeek: week - 2)
        }
        if size.therapists > 2 {
            planAbsence(
                2, time.date(week: week + 4, weekday: 3), days: 2, .training, isApproved: false,
                requestedInWeek: week - 1)
        }
    }

    private mutating func planAbsence(
        _ therapist: Int, _ from: LocalDate, days: Int, _ kind: TimeOffKind.Value, isApproved: Bool,
        requestedInWeek: Int? = nil
    ) {
        guard let to = from.adding(days: days) else { return }
        let absence = Absence(
            therapist: therapist, from: from, to: to, kind: kind, reason: random.pick(Sayings.timeOff),
            isApproved: isApproved)
        let week = requestedInWeek ?? time.week(of: from) - 5
        plan(.requestTimeOff(absence), on: time.date(week: week, weekday: 2), at: 12 * 60 + 45)
    }
}
