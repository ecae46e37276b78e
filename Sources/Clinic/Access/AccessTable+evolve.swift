import HashTreeCollections
import Schema

extension AccessTable {
    /// Whether an event changes who may do what.
    public static func isChanged(by type: EventType) -> Bool {
        switch type {
        case .staffAdded, .roleAssigned, .roleRevoked, .careTeamMemberAssigned, .socketUserLinked, .tokenIssued,
            .tokenRevoked, .enrolmentCompleted, .ownerRecovered, .socketUserUnlinked:
            true
        default: false
        }
    }

    /// Folds one event in.
    public mutating func apply(_ recorded: Recorded) {
        switch recorded.event {
        case .staff(.staffAdded(let event)): staff[recorded.position] = Member(name: event.name)
        case .staff(.roleAssigned(let event)):
            staff[event.staff]?.roles[event.role] = event.hasUntilAt ? event.untilAt : .max
        case .staff(.roleRevoked(let event)): staff[event.staff]?.roles[event.role] = nil
        case .clients(.careTeamMemberAssigned(let event)):
            teams[event.client] = CareTeam.members(teams[event.client] ?? [], assigning: event)
        case .access(let event): apply(event, at: recorded.position)
        case .practice, .staff, .places, .clients, .availability, .scheduling, .charting, .billing, .interchange:
            break
        }
    }

    private mutating func apply(_ event: AccessEvent, at position: UInt64) {
        switch event {
        case .socketUserLinked(let event):
            link(event.uid, Entry(id: position, staff: event.staff, awaitsHolder: event.awaitsHolder))
        case .tokenIssued(let event):
            add(
                Entry(
                    id: position, staff: event.staff, awaitsHolder: event.awaitsHolder, expiresAtMs: event.expiresAt),
                hash: [UInt8](event.sha256))
        case .tokenRevoked(let event): remove(event.token)
        case .enrolmentCompleted(let event):
            if event.hasLink, let (uid, offer) = offers.first(where: { $0.value.id == event.link }) {
                link(uid, Entry(id: offer.id, staff: offer.staff, awaitsHolder: false))
            }
            if event.hasToken, let old = tokenHashes[event.token], var entry = tokens[old] {
                remove(event.token)
                entry.awaitsHolder = false
                add(entry, hash: [UInt8](event.sha256))
            }
        case .ownerRecovered(let event):
            link(event.uid, Entry(id: position, staff: event.staff, awaitsHolder: false))
        case .socketUserUnlinked(let event):
            if links[event.uid]?.id == event.link { links[event.uid] = nil }
            if offers[event.uid]?.id == event.link { offers[event.uid] = nil }
        case .recordAccessed, .accessDenied: break
        }
    }

    /// An offer stands beside the link there is; a link takes the place of both.
    mutating func link(_ uid: UInt32, _ entry: Entry) {
        offers[uid] = entry.awaitsHolder ? entry : nil
        if !entry.awaitsHolder { links[uid] = entry }
    }

    private mutating func add(_ entry: Entry, hash: [UInt8]) {
        tokens[hash] = entry
        tokenHashes[entry.id] = hash
    }

    private mutating func remove(_ token: UInt64) {
        if let hash = tokenHashes.removeValue(forKey: token) { tokens.removeValue(forKey: hash) }
    }
}
