import LMDBKit
import Schema

extension UnlinkSocketUser: Command {
    public static let permission = Permission.linkSocketUsers

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasLink ? link : nil, "link", "the link's id")
        _ = try asked.requireStaff()
        guard let old = try state.linkInForce(id) else { throw Refusal.missing("link in force", id, field: "link") }
        try GrantRule.requireNotBeyond(try state.staff(old.staff), asked, field: "link")
        let door = asked.caller.door
        guard old.awaitsHolder || door.hasToken || door.uid != old.uid else {
            throw Refusal(
                .problem("own-door"), status: 409, title: "You came in by this link",
                detail: "You would lock yourself out. Come in by a token to end it, or let somebody else do it."
            )
            .with { $0.field = "link" }
        }
        var event = SocketUserUnlinked()
        event.link = id
        event.uid = old.uid
        return [Draft(event, about: [Subject(.staff, old.staff), Subject(.link, id)])]
    }
}

extension ClinicState {
    /// A link that lets somebody in, or an offer that can be taken up: of one user each replaces those before.
    fileprivate borrowing func linkInForce(_ id: UInt64) throws -> LinkState? {
        guard let link = try tables.links.get(id, in: transaction) else { return nil }
        var isLast = true
        try tables.links.scan(from: id + 1, in: transaction) { _, later in
            isLast = later.uid != link.uid || later.awaitsHolder && !link.awaitsHolder
            return isLast ? .next : .stop
        }
        return isLast ? link : nil
    }

    /// Takes away a link or an offer, with those that it had replaced: they must not come back in its stead.
    borrowing func forgetLinks(of uid: UInt32, upTo last: UInt64) throws {
        guard let ended = try tables.links.get(last, in: transaction) else { return }
        var replaced: [UInt64] = []
        try tables.links.scanAll(in: transaction) { id, link in
            guard id <= last else { return .stop }
            if link.uid == uid, link.awaitsHolder || !ended.awaitsHolder { replaced.append(id) }
            return .next
        }
        for id in replaced { try tables.links.delete(id, in: transaction) }
    }
}
