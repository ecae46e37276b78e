import HashTreeCollections
import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: AccessEvent, _ recorded: Recorded) throws {
        let position = recorded.position
        switch event {
        case .socketUserLinked(let event):
            let link = LinkState.with {
                $0.uid = event.uid
                $0.staff = event.staff
                $0.awaitsHolder = event.awaitsHolder
            }
            try tables.links.put(position, link, in: transaction)
            try found(.link, recorded)
        case .tokenIssued(let event):
            let token = TokenState.with {
                $0.staff = event.staff
                $0.sha256 = event.sha256
                $0.label = event.label
                $0.expiresAt = event.expiresAt
                $0.awaitsHolder = event.awaitsHolder
                $0.issuedBy = recorded.header.actor.id
            }
            try tables.tokens.put(position, token, in: transaction)
            try tables.tokenHashes.put([UInt8](event.sha256), .with { $0.id = position }, in: transaction)
            try found(.token, recorded)
        case .tokenRevoked(let event):
            try updateToken(event.token, recorded) { $0.revoked = true }
        case .enrolmentCompleted(let event):
            if event.hasLink, var link = try tables.links.get(event.link, in: transaction) {
                link.awaitsHolder = false
                try tables.links.put(event.link, link, in: transaction)
                try change(event.link, .link, recorded)
            }
            if event.hasToken {
                try tables.tokenHashes.put([UInt8](event.sha256), .with { $0.id = event.token }, in: transaction)
                try updateToken(event.token, recorded) {
                    $0.awaitsHolder = false
                    $0.sha256 = event.sha256
                }
            }
        case .ownerRecovered(let event):
            let link = LinkState.with {
                $0.uid = event.uid
                $0.staff = event.staff
            }
            try tables.links.put(position, link, in: transaction)
            try found(.link, recorded)
        case .socketUserUnlinked(let event):
            try forgetLinks(of: event.uid, upTo: event.link)
            try change(event.link, .link, recorded)
        case .recordAccessed, .accessDenied: break
        }
    }

    private borrowing func updateToken(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout TokenState) -> Void
    ) throws {
        guard var token = try tables.tokens.get(id, in: transaction) else { return }
        update(&token)
        try tables.tokens.put(id, token, in: transaction)
        try change(id, .token, recorded)
    }

    /// Who may come in, read off the state.
    public borrowing func accessTable() throws -> AccessTable {
        var table = AccessTable()
        try tables.staff.scanAll(in: transaction) { id, staff in
            let ends = Dictionary(staff.ends.map { ($0.role, $0.untilAt) }) { $1 }
            let roles = staff.roles.map { ($0, ends[$0] ?? .max) }
            table.staff[id] = AccessTable.Member(name: staff.name, roles: Dictionary(roles) { $1 })
            return .next
        }
        try tables.links.scanAll(in: transaction) { id, link in
            table.link(
                link.uid, AccessTable.Entry(id: id, staff: link.staff, awaitsHolder: link.awaitsHolder))
            return .next
        }
        try tables.tokens.scanAll(in: transaction) { id, token in
            guard !token.revoked else { return .next }
            table.tokens[[UInt8](token.sha256)] = AccessTable.Entry(
                id: id, staff: token.staff, awaitsHolder: token.awaitsHolder, expiresAtMs: token.expiresAt)
            table.tokenHashes[id] = [UInt8](token.sha256)
            return .next
        }
        try tables.teams.scanAll(in: transaction) { client, team in
            table.teams[client] = team.members
            return .next
        }
        return table
    }
}
