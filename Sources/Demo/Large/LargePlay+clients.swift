import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// Who comes, stays and goes.
extension LargePlay {
    mutating func register(_ index: Int, acknowledging others: [UInt64]) throws {
        let client = clients[index]
        let name = Names.manyPair(index)
        var command = RegisterClient()
        command.givenName = name.given
        command.familyName = name.family
        if index % 31 == 30, !client.isMinor {
            command.dateOfBirthUnknown = true
        } else {
            command.dateOfBirth = client.born.description
        }
        command.email = "client\(index + 1)@example.org"
        command.phone = Names.phone(index)
        if client.isMinor { command.minorConsentBasis = random.pick(Sayings.consent) }
        if random.chance(percent: 20) { command.remark = random.pick(Sayings.remark) }
        command.primaryTherapist = staff(client.therapist)
        command.duplicatesAcknowledged = others
        switch try stage.send(desk(client.therapist), command) {
        case .success(let reply): registered(index, reply.id)
        case .failure(let refusal):
            guard others.isEmpty, !refusal.facts.candidates.isEmpty else { throw refusal }
            plan(.register(index, acknowledging: refusal.facts.candidates), inMinutes: 5)
        }
    }

    private mutating func registered(_ index: Int, _ id: UInt64) {
        clients[index].id = id
        let client = clients[index]
        if client.intakeWeek != nil { plan(.bookIntake(index), inMinutes: 3) }
        let fitting = client.weeks.filter { client.rhythm.includes(week: $0) }.prefix(Self.bookedAhead)
        for (turn, week) in fitting.enumerated() { plan(.bookStanding(index, week: week), inMinutes: 5 + turn) }
        if random.chance(percent: 6) { plan(.share(index), inMinutes: 30) }
        if random.chance(percent: 10) { plan(.newPhone(index), inMinutes: random.int(20...300) * 1_440) }
        if random.chance(percent: 60) { plan(.contact(index), inMinutes: random.int(3...60) * 1_440 + 65) }
        // One in four stops before what was agreed.
        let early = random.chance(percent: 25) ? random.int(1...3) : 0
        let last = max(client.weeks.lowerBound, client.weeks.upperBound - 1 - early)
        plan(.leave(index), on: time.date(week: last, weekday: 6), at: 10 * 60 + index % 240)
    }

    /// The end of treatment: what is still booked is cancelled in good time, and the hour is somebody else's.
    mutating func leave(_ index: Int) throws {
        clients[index].hasLeft = true
        let former = clients[index]
        let open = visits.values.filter { $0.client == index && $0.status == .booked && $0.startMs > stage.nowMs }
        for visit in open.sorted(by: { $0.id < $1.id }) { plan(.cancel(visit.ref, .discharged), atMs: stage.nowMs) }
        let week = time.week(of: today)
        let intake = max(week + 2, nextIntake[former.therapist])
        nextIntake[former.therapist] = intake + 1
        let stay =
            switch random.int(0...99) {
            case 0..<15: random.int(3...9)
            case 15..<75: random.int(10...60)
            default: random.int(60...200)
            }
        var next = person(former.therapist, former.slot, former.rhythm, weeks: intake + 1..<intake + 1 + stay)
        next.intakeWeek = intake
        clients.append(next)
        plan(
            .register(clients.count - 1, acknowledging: []),
            on: time.date(week: intake - 1, weekday: 1 + clients.count % 5), at: 9 * 60 + clients.count % 400)
    }

    mutating func share(_ index: Int) throws {
        guard let id = clients[index].id, weeks.count > 4 else { return }
        // Another of the same place.
        let other = (clients[index].therapist + 4) % weeks.count
        guard other != clients[index].therapist else { return }
        _ = try send(
            LargeCast.manager,
            AssignCareTeamMember.with {
                $0.client = id
                $0.staff = staff(other)
                $0.role = .covering
            })
    }

    mutating func newPhone(_ index: Int) throws {
        guard let id = clients[index].id, !clients[index].hasLeft else { return }
        _ = try send(
            desk(clients[index].therapist),
            UpdateClientDetails.with {
                $0.client = id
                // To an area that no other client has.
                $0.phone = Names.phone(index + 40_000)
            })
    }

    mutating func contact(_ index: Int) throws {
        guard let id = clients[index].id, !clients[index].hasLeft else { return }
        let therapist = clients[index].therapist
        _ = try send(
            random.chance(percent: 30) ? desk(therapist) : member(therapist),
            RecordNonSessionContact.with {
                $0.client = id
                $0.with = random.pick(Sayings.with)
                $0.channel = random.pick([.phone, .phone, .email, .sms])
                $0.direction = random.chance(percent: 70) ? .inbound : .outbound
                $0.minutes = UInt32(random.int(1...4) * 5)
                $0.summary = random.pick(Sayings.contact)
                $0.action = random.pick(Sayings.action)
            })
        plan(.contact(index), inMinutes: random.int(20...160) * 1_440 + random.int(-60...60))
    }
}
