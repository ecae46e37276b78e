import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// From the booking to the end of a session.
extension Performance {
    mutating func sessionLine(_ act: Act, _ visit: Visit) -> Line? {
        let own = therapist(visit.therapist)
        switch (act, visit.status) {
        case (.confirm, .booked):
            return Line(
                member: Cast.desk,
                command: ConfirmAppointment.with {
                    $0.appointment = visit.id
                    $0.channel = random.pick([.phone, .sms, .sms, .email])
                })
        case (.checkIn, .booked):
            return Line(
                member: Cast.desk,
                command: CheckInClient.with {
                    $0.appointment = visit.id
                    if random.chance(percent: 10) { $0.idChecked = true }
                })
        case (.start, .booked), (.start, .arrived): return Line(member: own, command: start(visit))
        case (.end, .inSession): return Line(member: own, command: EndSession.with { $0.appointment = visit.id })
        case (.record, .booked), (.record, .arrived):
            return Line(member: own, command: RecordSession.with { $0.appointment = visit.id })
        case (.miss, .booked):
            return Line(
                member: visit.place == nil ? own : Cast.desk,
                command: MarkNoShow.with {
                    $0.appointment = visit.id
                    $0.minutesWaited = 20
                    $0.contactTried = random.chance(percent: 70)
                })
        case (.cancel(_, let cancellation), .booked): return cancel(visit, cancellation)
        case (.move(_, let to, _), .booked):
            return Line(
                member: Cast.desk,
                command: RescheduleAppointment.with {
                    $0.appointment = visit.id
                    $0.start = to.description
                    $0.by = .client
                    $0.reason = random.pick(Sayings.moved)
                })
        case (.enteredInError, .booked):
            return Line(
                member: Cast.manager,
                command: MarkEnteredInError.with {
                    $0.appointment = visit.id
                    $0.reason = random.pick(Sayings.mistaken)
                })
        case (.overstep, .booked), (.overstep, .arrived):
            return Line(member: Cast.desk, command: StartSession.with { $0.appointment = visit.id })
        default: return nil
        }
    }

    private mutating func start(_ visit: Visit) -> StartSession {
        .with {
            $0.appointment = visit.id
            if visit.place == nil {
                $0.clientPlace = random.pick(Sayings.place)
                $0.clientJurisdiction = "US-NY"
            }
        }
    }

    private func cancel(_ visit: Visit, _ cancellation: Cancellation) -> Line {
        Line(
            member: cancellation.member,
            command: CancelAppointment.with {
                $0.appointment = visit.id
                $0.by = cancellation.by
                $0.reason = cancellation.reason
                if let note = cancellation.note { $0.note = note }
                if let notice = cancellation.notice { $0.notice = notice.description }
            })
    }

    /// Decides what will become of an appointment, and plans it.
    mutating func planFate(of visit: Visit) {
        switch random.int(0...99) {
        case 0..<5: plan(.miss(visit.ref), atMs: time.ms(visit.start) + 20 * 60_000)
        case 5..<9: planLateCancellation(visit)
        case 9..<13: planCancellation(visit)
        case 13..<15:
            plan(
                .cancel(
                    visit.ref,
                    Cancellation(
                        by: .clinic, reason: random.pick([.therapistIllness, .therapistSchedule]), note: nil,
                        notice: nil, member: therapist(visit.therapist))), on: before(visit, days: 1), at: 17 * 60)
        case 15..<21: planMove(visit)
        default: planSession(visit)
        }
    }

    func before(_ visit: Visit, days: Int) -> LocalDate { visit.start.date.adding(days: -days) ?? visit.start.date }

    /// Notice late in the evening, recorded in the morning.
    private mutating func planLateCancellation(_ visit: Visit) {
        guard visit.start.minuteOfDay > 8 * 60 + 15 else { return planSession(visit) }
        let notice = LocalTime(minutes: 21 * 60 + 30).flatMap { LocalDateTime(before(visit, days: 1), $0) }
        plan(
            .cancel(
                visit.ref,
                Cancellation(
                    by: .client, reason: random.pick([.clientIllness, .clientEmergency, .clientTransport]),
                    note: random.pick(Sayings.cancelled), notice: notice, member: Cast.desk)),
            on: visit.start.date, at: 8 * 60 + 15)
    }

    private mutating func planCancellation(_ visit: Visit) {
        plan(
            .cancel(
                visit.ref,
                Cancellation(
                    by: .client, reason: .clientSchedule, note: random.pick(Sayings.cancelled), notice: nil,
                    member: Cast.desk)), on: before(visit, days: random.int(2...5)), at: random.int(9...16) * 60)
    }

    /// Asks for another hour of that day; a refusal names those that are free.
    private mutating func planMove(_ visit: Visit) {
        let minutes = random.pick([60, -60, 120, 180])
        guard visit.start.date < time.today, let to = visit.start.adding(wallMinutes: Int64(minutes)) else {
            return planSession(visit)
        }
        plan(
            .move(visit.ref, to, isLastTry: false), on: before(visit, days: random.int(2...4)),
            at: random.int(9...16) * 60 + 5)
    }

    mutating func planSession(_ visit: Visit) {
        let startMs = time.ms(visit.start)
        let minuteMs: Int64 = 60_000
        if random.chance(percent: 45) {
            plan(.confirm(visit.ref), on: before(visit, days: 1), at: random.int(9...15) * 60 + 10)
        }
        if random.chance(percent: 8) { plan(.lookAtHistory(visit.ref), atMs: startMs - 15 * minuteMs) }
        if random.chance(percent: 8) { return plan(.record(visit.ref), on: visit.start.date, at: 20 * 60 + 30) }
        var delay: Int64 = 0
        if visit.place != nil {
            let early: Int64 = random.chance(percent: 12) ? -5 : Int64(random.int(1...3)) * 5
            plan(.checkIn(visit.ref), atMs: startMs - early * minuteMs)
            delay = early < 0 ? 10 : 0
        }
        if random.chance(percent: 1) { plan(.overstep(visit.ref), atMs: startMs - 2 * minuteMs) }
        plan(.start(visit.ref), atMs: startMs + delay * minuteMs)
        plan(
            .end(visit.ref),
            atMs: startMs + Int64(visit.service.minutes + (delay == 0 ? random.int(0...1) * 5 : 0)) * minuteMs)
    }
}
