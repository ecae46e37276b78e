import LMDBKit
import ProjectionKit
import Schema

extension CalendarView {
    func project(_ event: PracticeEvent, into view: ViewWriter) throws {
        switch event {
        case .practiceInitialised(let event): try view.put(practice, 0, event)
        case .clockAccepted, .practiceProfileUpdated, .cancellationPolicyPublished: break
        }
    }

    func project(_ event: StaffEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .staffAdded(let event): try view.put(staff, recorded.position, event)
        case .staffServicesSet(let event): try view.put(offers, event.staff, event)
        case .roleAssigned, .roleRevoked: break
        }
    }

    func project(_ event: ClientsEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .clientRegistered(let event):
            var client = CalendarClient()
            client.number = event.number
            client.take(SealedClientDetails(event, recorded))
            try view.put(clients, recorded.position, client)
        case .clientDetailsUpdated(let event):
            try view.update(clients, event.client) { $0.take(SealedClientDetails(event, recorded)) }
        case .careTeamMemberAssigned(let event):
            try view.update(clients, event.client) { $0.take(event) }
        }
    }
}

extension CalendarClient {
    fileprivate mutating func take(_ details: SealedClientDetails) {
        if let name = details.givenName { givenName = name }
        if let name = details.familyName { familyName = name }
    }

    /// INV-TEAM-02: a new primary therapist ends the time of the one before.
    fileprivate mutating func take(_ event: CareTeamMemberAssigned) {
        if !team.contains(event.staff) { team.append(event.staff) }
        guard event.role == .primary else { return }
        for index in primaries.indices {
            let ends = primaries[index].hasUntilAt ? primaries[index].untilAt : Int64.max
            primaries[index].untilAt = min(ends, event.fromAt)
        }
        primaries.removeAll { $0.untilAt <= $0.fromAt }
        var place = PrimaryPlace()
        place.staff = event.staff
        place.fromAt = event.fromAt
        if event.hasUntilAt { place.untilAt = event.untilAt }
        primaries.append(place)
    }
}
