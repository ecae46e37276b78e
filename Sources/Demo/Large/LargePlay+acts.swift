import Clinic
import Foundation
import Schema
import SwiftProtobuf
import Timetable

extension LargePlay {
    mutating func perform(_ act: LargeAct) throws {
        switch act {
        case .register(let client, let others): try register(client, acknowledging: others)
        case .bookIntake(let client): try bookIntake(client)
        case .bookStanding(let client, let week): try bookStanding(client, week: week)
        case .share(let client): try share(client)
        case .newPhone(let client): try newPhone(client)
        case .contact(let client): try contact(client)
        case .leave(let client): try leave(client)
        case .confirm(let ref), .checkIn(let ref), .start(let ref), .end(let ref), .record(let ref), .miss(let ref),
            .cancel(let ref, _), .move(let ref, _, _), .overstep(let ref):
            guard let visit = visits[ref.id], visit.revision == ref.revision else { return }
            try perform(act, visit)
        case .startNote(let note): try startNote(note)
        case .saveNote(let note, let isLast): try saveNote(note, isLast: isLast)
        case .signNote(let note): try signNote(note)
        case .addToNote(let note): try addToNote(note)
        case .lookAtChart(let client, let therapist): try lookAtChart(client, therapist)
        case .lookAtDay(let date): try lookAtDay(date)
        case .waive(let client, let charge, let therapist): try waive(client, charge, therapist)
        case .discount(let client, let charge, let minor): try discount(client, charge, minor)
        case .billAll(let date): billAll(date)
        case .draftInvoice(let client): try draftInvoice(client)
        case .issueInvoice(let bill): try issueInvoice(bill)
        case .pay(let bill, let minor, let mayBounce): try pay(bill, minor, mayBounce: mayBounce)
        case .bounce(let bill, let payment): try bounce(bill, payment)
        case .refund(let client, let payment): try refund(client, payment)
        case .credit(let bill): try credit(bill)
        case .writeOff(let bill): try writeOff(bill)
        case .requestTimeOff(let absence): try requestTimeOff(absence)
        case .approveTimeOff(let id, let affected, let tries): try approveTimeOff(id, affected, tries: tries)
        case .renewTokens: try renewTokens()
        case .publishPrices(let year): try publishPrices(year)
        }
    }

    private mutating func publishPrices(_ year: Int) throws {
        guard let from = LocalDate(year: year, month: 1, day: 1) else { return }
        try stage.must(LargeCast.owner, house.publish(from: from))
    }

    /// Everybody makes a new secret before the old one expires; the last one is good for as long as one may be.
    private mutating func renewTokens() throws {
        for member in stage.cast.members.indices {
            let secret = Secret()
            let isLast = time.endMs - stage.nowMs < 86_400_000
            try stage.must(
                member,
                IssueToken.with {
                    $0.sha256 = Data(secret.sha256)
                    $0.label = "renewed"
                    if isLast { $0.days = 730 }
                })
            stage.give(secret, to: member)
        }
        // Refused when it was put off today already.
        _ = try stage.engageAuditor(time)
    }

    /// The day's people, as each desk and each therapist sees them in the morning.
    private mutating func lookAtDay(_ date: LocalDate) throws {
        var ofDesk: [Int: Set<UInt64>] = [:]
        var ofTherapist: [Int: Set<UInt64>] = [:]
        for id in booked.removeValue(forKey: date.daysSinceEpoch) ?? [] {
            guard let visit = visits[id], visit.status == .booked, visit.start.date == date,
                let client = clients[visit.client].id
            else { continue }
            ofTherapist[visit.therapist, default: []].insert(client)
            if !visit.isOnline { ofDesk[desk(visit.therapist), default: []].insert(client) }
        }
        for (desk, people) in ofDesk.sorted(by: { $0.key < $1.key }) {
            try stage.look(
                desk, asking: "Agenda", .viewCalendar, at: .identity, of: people.sorted(), purpose: .operations)
        }
        for (therapist, people) in ofTherapist.sorted(by: { $0.key < $1.key }) {
            try stage.look(member(therapist), asking: "Agenda", .viewCalendar, at: .identity, of: people.sorted())
        }
    }

    private func lookAtChart(_ client: Int, _ therapist: Int) throws {
        guard let id = clients[client].id else { return }
        try stage.look(member(therapist), asking: "ClientHistory", .viewChart, at: .clinical, of: [id])
    }
}
