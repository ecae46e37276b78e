import ProjectionKit
import Schema

/// Who the clients are, and what the practice says of itself on its invoices.
extension BalancesView {
    func project(_ event: PracticeEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .practiceInitialised(let event): try view.put(practice, 0, event)
        case .practiceProfileUpdated(let event): try view.put(profiles, recorded.position, event)
        case .clockAccepted, .cancellationPolicyPublished: break
        }
    }

    func project(_ event: ClientsEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .clientRegistered(let event):
            var client = BalanceClient()
            client.number = event.number
            client.take(SealedClientDetails(event, recorded))
            try view.put(clients, recorded.position, client)
        case .clientDetailsUpdated(let event):
            try view.update(clients, event.client) { $0.take(SealedClientDetails(event, recorded)) }
        case .careTeamMemberAssigned: break
        }
    }

    func project(_ event: InterchangeEvent, into view: ViewWriter) throws {
        switch event {
        case .importUndone(let event): for id in event.clients { try view.delete(clients, id) }
        case .importApplied: break
        }
    }
}

extension BalanceClient {
    fileprivate mutating func take(_ details: SealedClientDetails) {
        if let name = details.givenName { givenName = name }
        if let name = details.familyName { familyName = name }
        if let address = details.address { self.address = address }
    }
}
