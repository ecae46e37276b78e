import Schema
import SwiftProtobuf

extension PlainClinic {
    mutating func take(_ event: SchedulingEvent, _ recorded: Recorded) {
        func id() -> UInt64 { recorded.header.subjects.first { $0.kind == .appointment }?.id ?? recorded.position }
        switch event {
        case .appointmentBooked(let event):
            visits[recorded.position] = Visit(
                client: event.client, service: event.service, place: event.arrangement, isSupportive: event.supportive,
                source: event.source,
                bookedAtMs: recorded.header.actor.kind == .import ? nil : recorded.header.recordedAt,
                price: event.hasPrice ? event.price : nil, priceList: event.hasPriceList ? event.priceList : nil,
                policy: event.policy)
            return
        case .appointmentRescheduled(let event):
            if event.late { miss(event.appointment) }
            visits[event.appointment]?.place = event.arrangement
            visits[event.appointment]?.revision = event.revision
            visits[event.appointment]?.status = .booked
        case .appointmentConfirmed(let event): visits[event.appointment]?.status = .confirmed
        case .appointmentCancelled(let event):
            let terms = visits[event.appointment].flatMap { policies[$0.policy] }
            if event.late, terms?.exemptReasons.contains(event.reason) != true { miss(event.appointment) }
            visits[event.appointment]?.status = .cancelled
        case .clientCheckedIn(let event): visits[event.appointment]?.status = .arrived
        case .sessionStarted(let event):
            visits[event.appointment]?.status = .inSession
            visits[event.appointment]?.startedAtMs = event.startedAt
            visits[event.appointment]?.heldFromMs = event.startedAt
        case .sessionEnded(let event):
            visits[event.appointment]?.status = .completed
            visits[event.appointment]?.heldToMs = event.endedAt
        case .sessionRecordedRetrospectively(let event):
            visits[event.appointment]?.status = .completed
            visits[event.appointment]?.heldFromMs = event.startedAt
            visits[event.appointment]?.heldToMs = event.endedAt
        case .appointmentMarkedNoShow(let event):
            miss(event.appointment)
            visits[event.appointment]?.status = .noShow
        case .appointmentMarkedEnteredInError(let event):
            missed.removeAll { $0.appointment == event.appointment }
            visits[event.appointment]?.status = .enteredInError
        case .conflictOverridden: return
        }
        changed[id()] = recorded.position
    }

    /// The client gave late notice, or stayed away.
    private mutating func miss(_ id: UInt64) {
        guard let visit = visits[id] else { return }
        missed.append((visit.client, String(visit.place.time.startLocal.prefix(4)), id))
    }

    /// Notice that a client owes, by the terms under which it was booked.
    func lateWindowMs(of visit: Visit) -> Int64 {
        Int64(policies[visit.policy]?.lateWindowMinutes ?? practice.policy.lateWindowMinutes) * 60_000
    }

    /// What a session's end charges: the price of its booking, once. Nil without a price.
    func sessionCharge(of id: UInt64, startedAtMs: Int64) -> ChargePosted? {
        guard let visit = visits[id], let price = visit.price, books.sessionCharge(of: id) == nil,
            books.feesBefore[id] == nil
        else { return nil }
        let day = PlainTime.local(startedAtMs, Self.zone(visit.place.time.zone)).day
        var event = charge(of: id, visit, .session, price.minor, on: PlainTime.text(day: day))
        event.minutes = UInt32(clamping: (visit.endMs - visit.startMs) / 60_000)
        if let list = visit.priceList { event.priceList = list }
        let code = services[visit.service]?.taxCode ?? ""
        if !code.isEmpty, let rate = books.rate(of: code, on: event.serviceDate) {
            event.line.taxCode = rate.code
            event.line.taxBasisPoints = rate.basisPoints
        }
        return event
    }

    /// The fee that the terms of the booking suggest (1.9); nil for none.
    func fee(_ kind: ChargeKind.Value, of id: UInt64, reason: CancellationReason.Value? = nil) -> ChargePosted? {
        guard let visit = visits[id], let policy = policies[visit.policy] else { return nil }
        if let reason, policy.exemptReasons.contains(reason) { return nil }
        let date = String(visit.place.time.startLocal.prefix(10))
        let before = missed.filter { $0.client == visit.client && $0.year == date.prefix(4) }
        guard before.count >= Int(policy.freePerYear) else { return nil }
        let fee = kind == .noShow ? policy.noShowFee : policy.lateCancelFee
        let minor = fee.hasAmount ? fee.amount.minor : PlainCents.share(visit.price?.minor ?? 0, fee.basisPoints)
        guard minor > 0 else { return nil }
        var event = charge(of: id, visit, kind, minor, on: date)
        event.proposed = true
        return event
    }

    private func charge(
        of id: UInt64, _ visit: Visit, _ kind: ChargeKind.Value, _ minor: Int64, on date: String
    ) -> ChargePosted {
        func money(_ minor: Int64) -> Money {
            .with {
                $0.minor = minor
                $0.currency = practice.currency
            }
        }
        return .with {
            $0.client = visit.client
            $0.kind = kind
            $0.appointment = id
            $0.service = visit.service
            $0.staff = visit.place.staff
            $0.serviceDate = date
            $0.line.quantity = 1
            $0.line.unit = money(minor)
            $0.line.discount = money(0)
            $0.line.net = money(minor)
        }
    }
}
