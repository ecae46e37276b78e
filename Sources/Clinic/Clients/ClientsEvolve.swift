import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: ClientsEvent, _ recorded: Recorded) throws {
        switch event {
        case .clientRegistered(let event): try evolve(event, recorded)
        case .clientDetailsUpdated(let event): try evolve(event, recorded)
        case .careTeamMemberAssigned(let event):
            var team = try tables.teams.get(event.client, in: transaction) ?? CareTeamState()
            team.members = CareTeam.members(team.members, assigning: event)
            try tables.teams.put(event.client, team, in: transaction)
            if event.role == .primary {
                var client = try client(event.client)
                client.primary = event.staff
                try tables.clients.put(event.client, client, in: transaction)
            }
            try change(event.client, .client, recorded)
        }
    }

    private borrowing func evolve(_ event: ClientRegistered, _ recorded: Recorded) throws {
        var state = ClientState()
        state.number = event.number
        state.jurisdiction = event.jurisdiction
        state.minor = event.minor
        if event.hasMajorityAt { state.majorityAt = event.majorityAt }
        if event.hasSource { state.source = event.source }
        let boxes = SealedClientDetails(event, recorded)
        boxes.update(&state)
        try tables.clients.put(recorded.position, state, in: transaction)
        try remember(event.source, .client, recorded.position)
        var practice = try requirePractice()
        practice.clientsRegistered += 1
        try tables.practice.put(0, practice, in: transaction)
        try found(.client, recorded)
    }

    private borrowing func evolve(_ event: ClientDetailsUpdated, _ recorded: Recorded) throws {
        var state = try client(event.client)
        if event.hasJurisdiction { state.jurisdiction = event.jurisdiction }
        if event.hasMinor {
            state.minor = event.minor
            state.clearMajorityAt()
        }
        if event.hasMajorityAt { state.majorityAt = event.majorityAt }
        SealedClientDetails(event, recorded).update(&state)
        try tables.clients.put(event.client, state, in: transaction)
        try change(event.client, .client, recorded)
    }
}
