import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// From the confirmation to the end of a session.
extension LargePlay {
    mutating func perform(_ act: LargeAct, _ visit: LargeVisit) throws {
        let own = member(visit.therapist)
        switch (act, visit.status) {
        case (.confirm, .booked):
            _ = try send(
                desk(visit.therapist),
                ConfirmAppointment.with {
                    $0.appointment = visit.id
                    $0.channel = random.pick([.phone, .sms, .sms, .email])
                })
        case (.checkIn, .booked):
            let reply = try send(
                desk(visit.therapist),
                CheckInClient.with {
                    $0.appointment = visit.id
                    if random.chance(percent: 10) { $0.idChecked = true }
                })
            if reply != nil { visits[visit.id]?.status = .arrived }
        case (.start, .booked), (.start, .arrived):
            if try send(own, start(visit)) != nil { visits[visit.id]?.status = .inSession }
        case (.end, .inSession):
            try held(visit, try send(own, EndSession.with { $0.appointment = visit.id }))
        case (.record, .booked), (.record, .arrived):
            try held(visit, try send(own, RecordSession.with { $0.appointment = visit.id }))
        case (.miss, .booked): try miss(visit)
        case (.cancel(_, let how), .booked): try cancel(visit, how)
        case (.move(_, let to, let isLastTry), .booked): try move(visit, to, isLastTry: isLastTry)
        case (.overstep, .booked), (.overstep, .arrived):
            // Somebody tries what their role does not permit.
            _ = try send(desk(visit.therapist), StartSession.with { $0.appointment = visit.id })
        default: break
        }
    }

    private mutating func start(_ visit: LargeVisit) -> StartSession {
        .with {
            $0.appointment = visit.id
            if visit.isOnline {
                $0.clientPlace = random.pick(Sayings.place)
                $0.clientJurisdiction = "US-NY"
            }
        }
    }

    /// The session is over: it is charged, and its note is written.
    private mutating func held(_ visit: LargeVisit, _ reply: Reply?) throws {
        guard let reply else { return }
        visits[visit.id] = nil
        if reply.hasCharge {
            clients[visit.client].pendingCharges.append(reply.charge)
            clients[visit.client].pendingMinor += visit.priceMinor
            if random.chance(percent: 1) {
                plan(
                    .discount(client: visit.client, charge: reply.charge, minor: visit.priceMinor / 5),
                    inMinutes: random.int(60...2_000))
            }
        }
        let note = LargeNote(
            appointment: visit.id, therapist: visit.therapist, client: visit.client,
            isFree: random.chance(percent: 20))
        plan(.startNote(note), inMinutes: random.chance(percent: 80) ? random.int(1...4) : random.int(60...400))
    }

    private mutating func miss(_ visit: LargeVisit) throws {
        let reply = try send(
            visit.isOnline ? member(visit.therapist) : desk(visit.therapist),
            MarkNoShow.with {
                $0.appointment = visit.id
                $0.minutesWaited = 20
                $0.contactTried = random.chance(percent: 70)
            })
        guard let reply else { return }
        visits[visit.id] = nil
        proposed(reply, LargeHouse.noShowFeeMinor, visit)
    }

    private mutating func cancel(_ visit: LargeVisit, _ how: LargeCancel) throws {
        let command = CancelAppointment.with {
            $0.appointment = visit.id
            $0.by = how == .clinic ? .clinic : .client
            switch how {
            case .late:
                $0.reason = random.pick([.clientIllness, .clientEmergency, .clientTransport])
                $0.note = random.pick(Sayings.cancelled)
            case .early:
                $0.reason = .clientSchedule
                $0.note = random.pick(Sayings.cancelled)
            case .clinic: $0.reason = random.pick([.therapistIllness, .therapistSchedule])
            case .discharged: $0.reason = .clientDischarged
            }
        }
        guard let reply = try send(how == .clinic ? member(visit.therapist) : desk(visit.therapist), command) else {
            return
        }
        visits[visit.id] = nil
        proposed(reply, visit.priceMinor / 2, visit)
    }

    /// A fee that the policy suggests: it is waived, or put on the next invoice.
    private mutating func proposed(_ reply: Reply, _ minor: Int64, _ visit: LargeVisit) {
        guard reply.hasCharge else { return }
        if random.chance(percent: 45) {
            plan(
                .waive(client: visit.client, charge: reply.charge, therapist: visit.therapist),
                inMinutes: random.int(30...4_000))
        } else {
            clients[visit.client].fees[reply.charge] = minor
        }
    }

    private mutating func move(_ visit: LargeVisit, _ to: LocalDateTime, isLastTry: Bool) throws {
        let command = RescheduleAppointment.with {
            $0.appointment = visit.id
            $0.start = to.description
            $0.by = .client
            $0.reason = random.pick(Sayings.moved)
        }
        switch try stage.send(desk(visit.therapist), command) {
        case .success: moved(visit, to)
        case .failure(let refusal):
            guard refusal.status == 409 else { throw refusal }
            let free = refusal.facts.nearest.compactMap { LocalDateTime(iso: $0) }.first {
                $0 != visit.start && $0 != to
            }
            if !isLastTry, let free { return plan(.move(visit.ref, free, isLastTry: true), inMinutes: 5) }
            planSession(visit)
        }
    }

    private mutating func moved(_ visit: LargeVisit, _ to: LocalDateTime) {
        var visit = visit
        visit.start = to
        visit.startMs = (visit.isOnline ? time.zone : zone(visit.therapist)).resolve(to).plannedMs
        visit.revision += 1
        keep(visit)
        planSession(visit)
    }
}
