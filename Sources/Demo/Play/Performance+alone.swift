import Clinic
import Foundation
import Schema
import SwiftProtobuf
import Timetable

/// Acts that are no single command: questions, and what plans others.
extension Performance {
    mutating func performAlone(_ act: Act) async throws {
        switch act {
        case .planClient(let index): planStanding(index)
        case .planWeek: for index in clients.indices { planStanding(index) }
        case .leave(let index): leave(index)
        case .lookAtDay(let date):
            _ = try await stage.ask(Cast.desk, Agenda.with { $0.from = date.description }, purpose: .operations)
        case .lookAtHistory(let ref):
            guard let visit = visits[ref.id], visit.revision == ref.revision, visit.status == .booked,
                let client = clients[visit.client].id
            else { return }
            _ = try await stage.ask(therapist(visit.therapist), ClientHistory.with { $0.client = client })
        case .audit: try await audit()
        case .renewTokens: try await renewTokens()
        default: break
        }
    }

    /// Books whoever has an hour for good, as many weeks ahead as the practice does.
    private mutating func planStanding(_ index: Int) {
        let client = clients[index]
        guard client.id != nil, !client.hasLeft, let slot = client.slot else { return }
        let through = time.week(of: stageDate) + size.weeksAhead
        let first = max(client.bookedThroughWeek + 1, slot.weeks.lowerBound)
        clients[index].bookedThroughWeek = max(client.bookedThroughWeek, through)
        guard first <= through else { return }
        for week in first...through where slot.weeks.contains(week) && slot.rhythm.includes(week: week) {
            guard let start = start(week: week, weekday: slot.weekday, minute: slot.start),
                time.ms(start) > stage.clock.nowMs
            else { continue }
            let booking = Booking(
                kind: .standing, client: index, therapist: slot.therapist, service: client.service, place: slot.place,
                start: start)
            plan(.book(booking), atMs: stage.clock.nowMs)
        }
    }

    /// The end of treatment: what is still booked is cancelled in good time.
    private mutating func leave(_ index: Int) {
        clients[index].hasLeft = true
        let cancellation = Cancellation(
            by: .client, reason: .clientDischarged, note: nil, notice: nil, member: Cast.manager)
        let open = visits.values.filter {
            $0.client == index && $0.status == .booked && time.ms($0.start) > stage.clock.nowMs
        }
        for visit in open.sorted(by: { $0.id < $1.id }) {
            plan(.cancel(visit.ref, cancellation), atMs: stage.clock.nowMs)
        }
    }

    /// The auditor reads who did what, and is turned away from what is none of an auditor's business.
    private func audit() async throws {
        let to = stageDate
        let from = to.adding(days: -7) ?? to
        _ = try await stage.ask(
            Cast.auditor,
            AuditTrail.with {
                $0.from = from.description
                $0.to = to.description
                $0.limit = 200
            }, purpose: .operations)
        if let client = clients.first?.id {
            _ = try await stage.ask(Cast.auditor, ShowClient.with { $0.client = client }, purpose: .operations)
        }
    }

    /// Everybody makes a new secret before the old one expires; the last one is good for as long as one may be.
    private mutating func renewTokens() async throws {
        let members = [Cast.owner, Cast.manager, Cast.desk, Cast.auditor] + Cast.therapists.prefix(size.therapists)
        for member in members {
            let secret = Secret()
            let isLast = time.endMs - stage.clock.nowMs < 86_400_000
            try await stage.must(
                member,
                IssueToken.with {
                    $0.sha256 = Data(secret.sha256)
                    $0.label = "renewed"
                    if isLast { $0.days = 730 }
                })
            stage.give(secret, to: member)
        }
        try await stage.engageAuditor(house, time)
    }
}

extension Stage {
    /// An audit has an end, which the owner puts off for as long as the demo goes on.
    mutating func engageAuditor(_ house: House, _ time: PracticeTime) async throws {
        let today = time.zone.local(ofMs: clock.nowMs)?.date ?? time.today
        try await must(
            Cast.owner,
            AssignRole.with {
                $0.staff = house.staff[Cast.auditor] ?? 0
                $0.role = .auditor
                $0.until = (today.adding(days: 364) ?? today).description
            })
    }
}
