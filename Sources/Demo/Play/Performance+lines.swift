import Clinic
import Schema
import SwiftProtobuf
import Timetable

extension Performance {
    /// The command of an act, and who sends it; nil for what is no command, or has lapsed.
    mutating func line(for act: Act) -> Line? {
        switch act {
        case .register(let client, let others): return Line(member: Cast.desk, command: register(client, others))
        case .share(let index): return share(index)
        case .newPhone(let index): return newPhone(index)
        case .contact(let index): return contact(index)
        case .book(let booking): return book(booking)
        case .requestTimeOff(let absence):
            return Line(member: therapist(absence.therapist), command: request(absence))
        case .approveTimeOff(let id, let resolutions):
            return Line(
                member: Cast.manager,
                command: ApproveTimeOff.with {
                    $0.timeOff = id
                    $0.resolutions = resolutions
                })
        case .openExtra(let index, let date): return openExtra(index, date)
        case .confirm(let ref), .checkIn(let ref), .start(let ref), .end(let ref), .record(let ref), .miss(let ref),
            .enteredInError(let ref), .overstep(let ref), .cancel(let ref, _), .move(let ref, _, _):
            guard let visit = visits[ref.id], visit.revision == ref.revision else { return nil }
            return sessionLine(act, visit)
        case .planClient, .planWeek, .leave, .lookAtDay, .lookAtHistory, .audit, .renewTokens: return nil
        }
    }

    func therapist(_ index: Int) -> Member { Cast.therapists[index] }
    func staff(_ index: Int) -> UInt64 { house.staff[Cast.therapists[index]] ?? 0 }

    private func register(_ index: Int, _ others: [UInt64]) -> RegisterClient {
        let client = clients[index]
        return .with {
            $0.givenName = client.givenName
            $0.familyName = client.familyName
            if let born = client.born { $0.dateOfBirth = born.description } else { $0.dateOfBirthUnknown = true }
            $0.email = client.email
            $0.phone = client.phone
            if let consent = client.consent { $0.minorConsentBasis = consent }
            if let remark = client.remark { $0.remark = remark }
            $0.primaryTherapist = staff(client.therapist)
            $0.duplicatesAcknowledged = others
        }
    }

    private func share(_ index: Int) -> Line? {
        guard let id = clients[index].id, size.therapists > 1 else { return nil }
        let other = (clients[index].therapist + 1) % size.therapists
        return Line(
            member: Cast.manager,
            command: AssignCareTeamMember.with {
                $0.client = id
                $0.staff = staff(other)
                $0.role = .covering
            })
    }

    private func newPhone(_ index: Int) -> Line? {
        guard let id = clients[index].id else { return nil }
        return Line(
            member: Cast.desk,
            command: UpdateClientDetails.with {
                $0.client = id
                // To an area code that no other client has.
                $0.phone = clients[index].phone.replacing("+1 212", with: "+1 332")
            })
    }

    private mutating func contact(_ index: Int) -> Line? {
        guard let id = clients[index].id, !clients[index].hasLeft else { return nil }
        let isDesk = random.chance(percent: 30)
        return Line(
            member: isDesk ? Cast.desk : therapist(clients[index].therapist),
            command: RecordNonSessionContact.with {
                $0.client = id
                $0.with = random.pick(Sayings.with)
                $0.channel = random.pick([.phone, .phone, .email, .sms])
                $0.direction = random.chance(percent: 70) ? .inbound : .outbound
                $0.minutes = UInt32(random.int(1...4) * 5)
                $0.summary = random.pick(Sayings.contact)
                $0.action = random.pick(Sayings.action)
            })
    }

    private mutating func book(_ booking: Booking) -> Line? {
        guard let client = clients[booking.client].id, !clients[booking.client].hasLeft else { return nil }
        var command = BookAppointment()
        command.client = client
        command.staff = staff(booking.therapist)
        command.service = house.services[booking.service] ?? 0
        if let place = booking.place { command.location = house.places[place] ?? 0 }
        command.start = booking.start.description
        var member = Cast.desk
        switch booking.kind {
        case .standing, .intake, .mistaken: break
        case .outsideHours:
            member = therapist(booking.therapist)
            command.override = [.unavailableHours]
            command.overrideReason = random.pick(Sayings.override)
        case .joint:
            member = Cast.manager
            command.override = [.therapistOverlap, .therapistGap]
            command.overrideReason = random.pick(Sayings.joint)
        case .afterwards:
            member = therapist(booking.therapist)
            command.retrospectiveReason = random.pick(Sayings.retrospective)
        }
        return Line(member: member, command: command)
    }

    private func request(_ absence: Absence) -> RequestTimeOff {
        .with {
            $0.staff = staff(absence.therapist)
            $0.start = "\(absence.from)T00:00"
            $0.end = "\(absence.to)T00:00"
            $0.kind = absence.kind
            $0.reason = absence.reason
        }
    }

    private func openExtra(_ index: Int, _ date: LocalDate) -> Line {
        Line(
            member: therapist(index),
            command: AddExtraOpening.with {
                $0.staff = staff(index)
                $0.start = "\(date)T10:00"
                $0.end = "\(date)T13:00"
            })
    }
}
