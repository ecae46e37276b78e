import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension DirectoryView {
    func fold(_ event: ClientsEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        let position = recorded.position
        switch event {
        case .clientRegistered(let event):
            var row = ClientRow()
            row.id = position
            row.number = event.number
            row.jurisdiction = event.jurisdiction
            row.minor = event.minor
            row.registeredAt = recorded.header.effectiveAt
            row.changed = position
            row.take(SealedClientDetails(event, recorded))
            try view.put(clients, position, row)
            try view.put(numbers, Self.numberKey(event.number), Google_Protobuf_UInt64Value(position))
        case .clientDetailsUpdated(let event):
            try view.update(clients, event.client) { row in
                if event.hasJurisdiction { row.jurisdiction = event.jurisdiction }
                if event.hasMinor { row.minor = event.minor }
                row.take(SealedClientDetails(event, recorded))
                row.changed = position
            }
        case .careTeamMemberAssigned(let event):
            try view.update(clients, event.client) { row in
                row.careTeam = CareTeam.rows(row.careTeam, assigning: event)
                row.changed = position
            }
        }
    }
}

extension ClientRow {
    /// Takes over the boxes that an event has; the others stay as they were.
    mutating func take(_ details: SealedClientDetails) {
        if let place = details.givenName { givenName = Private(place) }
        if let place = details.familyName { familyName = Private(place) }
        if let place = details.preferredName { preferredName = Private(place) }
        if let place = details.dateOfBirth { dateOfBirth = Private(place) }
        if let place = details.email { email = Private(place) }
        if let place = details.phone { phone = Private(place) }
        if let place = details.address { address = Private(place) }
        if let place = details.pronouns { pronouns = Private(place) }
        if let place = details.remark { remark = Private(place) }
    }
}

extension DirectoryView {
    /// A client who was taken back with their import is not in the directory any more.
    func withdraw(_ client: UInt64, _ view: ViewWriter) throws {
        guard let row = try view.get(clients, client) else { return }
        try view.delete(numbers, Self.numberKey(row.number))
        try view.delete(clients, client)
    }
}
