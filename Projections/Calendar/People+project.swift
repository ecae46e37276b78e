import LMDBKit
import ProjectionKit
import Schema

extension CalendarView {
    func project(_ event: PracticeEvent, into view: ViewWriter) throws {
        switch event {
        case .practiceInitialised(let event): try view.put(practice, 0, event)
        case .clockAccepted: break
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
            guard event.role == .primary else { return }
            try view.update(clients, event.client) { client in
                client.primary = event.staff
                client.clearPrimaryUntilAt()
                if event.hasUntilAt { client.primaryUntilAt = event.untilAt }
            }
        }
    }
}

extension CalendarClient {
    fileprivate mutating func take(_ details: SealedClientDetails) {
        if let name = details.givenName { givenName = name }
        if let name = details.familyName { familyName = name }
    }
}
