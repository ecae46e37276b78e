import Foundation
import Schema

/// Who is who, and who may come in.
extension PlainModel {
    mutating func check(_ event: StaffEvent, _ recorded: Recorded) {
        let mine = roles(recorded)
        switch event {
        case .staffAdded(let event):
            let isTaken = clinic.staff.values.contains { $0.email.lowercased() == event.email.lowercased() }
            require(!isTaken || event.email.isEmpty && isImport(recorded), "INV-STAFF-01: an address twice")
        case .roleAssigned(let event):
            let untilMs = event.hasUntilAt ? event.untilAt : .max
            require(clinic.staff[event.staff].map { $0.given[event.role] != untilMs } ?? false, "a role twice")
            checkEnd(event, recorded.header.recordedAt)
            require(mayGive(event.role, recorded), "INV-ACC-05: \(event.role) by \(mine)")
            require(
                event.staff != recorded.header.actor.id || clinic.size < 4 || mine.contains(.owner),
                "INV-ACC-05: to oneself")
        case .roleRevoked(let event):
            require(clinic.staff[event.staff]?.given[event.role] != nil, "a role that they do not have")
            require(mayGive(event.role, recorded), "INV-ACC-05: \(event.role) by \(mine)")
        case .staffServicesSet(let event):
            require(clinic.staff[event.staff] != nil, "offers of nobody")
        }
    }

    /// INV-ACC-08: an audit is over within a year; what an owner is has no end, so that there always is one.
    private mutating func checkEnd(_ event: RoleAssigned, _ nowMs: Int64) {
        require(!event.hasUntilAt || event.untilAt > nowMs, "INV-ACC-04: a role that is over")
        require(!event.hasUntilAt || event.role != .owner, "INV-STAFF-05: an owner until \(event.untilAt)")
        guard event.role == .auditor else { return }
        require(event.hasUntilAt && event.untilAt - nowMs <= 366 * PlainTime.dayMs, "INV-ACC-08: an audit without end")
    }

    private func mayGive(_ role: Role.Value, _ recorded: Recorded) -> Bool {
        clinic.size < 4 || isImport(recorded) && role == .therapist
            || !isImport(recorded) && clinic.mayGive(role, roles(recorded))
    }

    mutating func check(_ event: ClientsEvent, _ recorded: Recorded) {
        switch event {
        case .clientRegistered(let event):
            require(event.number == String(format: "C-%06d", clinic.clients.count + 1), "INV-CLI-01: \(event.number)")
            require(
                !isImport(recorded)
                    || !clinic.clients.values.contains { $0.source == event.source && !$0.isWithdrawn },
                "INV-IMP-02: a row founded two")
            require(event.minor == event.hasMajorityAt, "INV-CLI-06: a minor until when")
            for other in event.duplicatesAcknowledged {
                require(clinic.clients[other]?.isWithdrawn == false, "INV-CLI-05: like nobody")
            }
        case .clientDetailsUpdated(let event):
            require(clinic.clients[event.client]?.isWithdrawn == false, "INV-CLI-04: details of nobody")
        case .careTeamMemberAssigned(let event): check(event, recorded)
        }
    }

    private mutating func check(_ event: CareTeamMemberAssigned, _ recorded: Recorded) {
        guard let client = clinic.clients[event.client], !client.isWithdrawn else {
            broken.append("INV-CLI-04: the care of nobody")
            return
        }
        let clinical: Set<Role.Value> = [.therapist, .supervisor, .trainee]
        require(
            !clinic.roles(of: event.staff, atMs: recorded.header.recordedAt).isDisjoint(with: clinical),
            "cared for by no therapist")
        let untilMs = event.hasUntilAt ? event.untilAt : .max
        require(event.fromAt < untilMs, "INV-TEAM-02: a place without time")
        require(
            !client.seats.contains {
                $0.staff == event.staff && $0.role == event.role && $0.fromMs < untilMs && event.fromAt < $0.untilMs
            }, "INV-TEAM-01: on the team twice")
        // With a registration a therapist becomes the primary one of their own client.
        require(
            recorded.header.actor.id != event.staff || recorded.header.index > 0 || isImport(recorded),
            "INV-ACC-05: to oneself")
    }

    mutating func check(_ event: AccessEvent, _ recorded: Recorded) {
        let actor = recorded.header.actor.id
        switch event {
        case .socketUserLinked(let event): checkOffer(to: event.staff, event.awaitsHolder, recorded)
        case .tokenIssued(let event):
            require(event.sha256.count == 32, "a hash of \(event.sha256.count) bytes")
            require(!clinic.tokens.values.contains { $0.sha256 == [UInt8](event.sha256) }, "a secret twice")
            checkOffer(to: event.staff, event.awaitsHolder, recorded)
        case .tokenRevoked(let event):
            guard let token = clinic.tokens[event.token], !token.isRevoked else {
                broken.append("revoked twice")
                return
            }
            require(token.staff == actor || managesAccess(of: token.staff, recorded), "INV-ACC-05: another's token")
        case .enrolmentCompleted(let event):
            let offer =
                event.hasToken
                ? clinic.tokens[event.token].map { ($0.staff, $0.awaitsHolder && !$0.isRevoked) }
                : clinic.links[event.link].map { ($0.staff, $0.awaitsHolder) }
            require(offer.map { $0 == (actor, true) } ?? false, "taken up by another")
        case .socketUserUnlinked(let event):
            guard let link = clinic.links[event.link], link.uid == event.uid else {
                broken.append("no such link was in force")
                return
            }
            require(managesAccess(of: link.staff, recorded), "INV-ACC-05: another's link")
            let door = recorded.header.door
            require(link.awaitsHolder || door.hasToken || door.uid != link.uid, "ended the link they came in by")
        case .ownerRecovered, .recordAccessed, .accessDenied: break
        }
    }

    /// INV-ACC-05: whether whoever did it gives and takes access of somebody else, beyond whom they are not.
    private func managesAccess(of staff: UInt64, _ recorded: Recorded) -> Bool {
        let mine = roles(recorded)
        return !mine.isDisjoint(with: [.owner, .practiceManager])
            && clinic.roles(of: staff, atMs: recorded.header.recordedAt).allSatisfy { clinic.mayGive($0, mine) }
    }

    private mutating func checkOffer(to staff: UInt64, _ awaitsHolder: Bool, _ recorded: Recorded) {
        let actor = recorded.header.actor.id
        require(
            awaitsHolder == (staff != actor && !clinic.practice.simulated), "INV-ACC-05: good at once for another")
        guard staff != actor else { return }
        require(clinic.staff[staff] != nil && managesAccess(of: staff, recorded), "INV-ACC-05: beyond the giver")
    }

    mutating func check(_ event: InterchangeEvent, _ recorded: Recorded) {
        guard case .importUndone(let event) = event else { return }
        for id in event.clients {
            require(
                clinic.clients[id]?.isWithdrawn == false && !clinic.touched.contains(id)
                    && !clinic.visits.values.contains { $0.client == id && $0.status != .enteredInError },
                "INV-IMP-05: client \(id) is in use")
        }
        for id in event.appointments {
            require(
                clinic.visits[id]?.status == .enteredInError && !clinic.touched.contains(id),
                "INV-IMP-05: appointment \(id) is in use")
        }
    }
}

extension PlainClinic {
    /// INV-ACC-05: whether somebody with these roles gives and takes this one. Both that a manager does not may do what
    /// a manager may not: an auditor reads all that was done.
    func mayGive(_ role: Role.Value, _ roles: Set<Role.Value>) -> Bool {
        roles.contains(.owner) || roles.contains(.practiceManager) && ![.owner, .auditor].contains(role)
    }
}
