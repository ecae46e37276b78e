import Schema
import Timetable

/// What follows from an answer.
extension Performance {
    mutating func succeeded(_ act: Act, _ reply: Reply) {
        switch act {
        case .register(let index, _): registered(index, reply)
        case .book(let booking): booked(booking, reply)
        case .checkIn(let ref): visits[ref.id]?.status = .arrived
        case .start(let ref): visits[ref.id]?.status = .inSession
        case .end(let ref), .record(let ref), .miss(let ref), .cancel(let ref, _), .enteredInError(let ref):
            visits[ref.id]?.status = .over
        case .move(let ref, let to, _): moved(ref, to)
        case .requestTimeOff(let absence):
            guard absence.isApproved, let next = stageDate.adding(days: 1) else { return }
            plan(.approveTimeOff(reply.id, []), on: next, at: 9 * 60 + 5)
        case .approveTimeOff(_, let resolutions): resolved(resolutions)
        case .confirm, .share, .newPhone, .contact, .openExtra, .overstep, .planClient, .planWeek, .leave, .lookAtDay,
            .lookAtHistory, .audit, .renewTokens:
            break
        }
    }

    /// Today, at the practice.
    var stageDate: LocalDate { time.zone.local(ofMs: stage.clock.nowMs)?.date ?? time.firstMonday }

    private mutating func registered(_ index: Int, _ reply: Reply) {
        clients[index].id = reply.id
        let soonMs = stage.clock.nowMs + 10 * 60_000
        let client = clients[index]
        if let week = client.intakeInWeek {
            let kept = WorkingWeek.keptFree(client.therapist)
            if let start = start(week: week, weekday: kept.weekday, minute: kept.from) {
                let booking = Booking(
                    kind: .intake, client: index, therapist: client.therapist, service: .intake90, place: kept.place,
                    start: start)
                plan(.book(booking), atMs: soonMs)
            }
        }
        plan(.planClient(index), atMs: soonMs)
        if index % 12 == 7 { plan(.share(index), atMs: soonMs) }
        if index % 20 == 11 { plan(.newPhone(index), atMs: soonMs + 70 * 86_400_000) }
        if let slot = client.slot, slot.weeks.upperBound < size.weeksBefore {
            plan(.leave(index), on: time.date(week: slot.weeks.upperBound - 1, weekday: 6), at: 14 * 60)
        }
    }

    func start(week: Int, weekday: Int, minute: Int) -> LocalDateTime? {
        LocalTime(minutes: minute).flatMap { LocalDateTime(time.date(week: week, weekday: weekday), $0) }
    }

    private mutating func booked(_ booking: Booking, _ reply: Reply) {
        let visit = Visit(
            id: reply.id, client: booking.client, therapist: booking.therapist, service: booking.service,
            place: booking.place, start: booking.start)
        visits[visit.id] = visit
        let nowMs = stage.clock.nowMs
        switch booking.kind {
        case .standing: planFate(of: visit)
        case .intake, .outsideHours, .joint: planSession(visit)
        case .mistaken: plan(.enteredInError(visit.ref), atMs: nowMs + 15 * 60_000)
        case .afterwards: plan(.record(visit.ref), atMs: nowMs + 5 * 60_000)
        }
    }

    private mutating func moved(_ ref: VisitRef, _ to: LocalDateTime) {
        guard var visit = visits[ref.id] else { return }
        visit.start = to
        visit.revision += 1
        visits[ref.id] = visit
        planSession(visit)
    }

    private mutating func resolved(_ resolutions: [TimeOffResolution]) {
        for resolution in resolutions {
            let id = resolution.appointment
            switch resolution.action {
            case .cancel: visits[id]?.status = .over
            case .reassign:
                guard var visit = visits[id],
                    let index = Cast.therapists.firstIndex(where: { house.staff[$0] == resolution.staff })
                else { continue }
                visit.therapist = index
                visit.revision += 1
                visits[id] = visit
                planSession(visit)
            case .keep, .unspecified, .UNRECOGNIZED: break
            }
        }
    }
}
