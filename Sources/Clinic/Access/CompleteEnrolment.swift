import Foundation
import LMDBKit
import Schema

/// The one command that somebody may send whose enrolment is not complete.
extension CompleteEnrolment: Command {
    public static let permission = Permission.completeEnrolment

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = EnrolmentCompleted()
        let door = asked.caller.door
        let thing: Subject
        if door.hasToken {
            guard let token = try state.token(door.token), token.awaitsHolder else { throw Self.nothingOffered }
            try state.requireFreshHash(hasSha256 ? [UInt8](sha256) : [])
            event.token = door.token
            event.sha256 = sha256
            thing = Subject(.token, door.token)
        } else {
            guard let link = try state.link(ofUID: door.uid), link.link.awaitsHolder else { throw Self.nothingOffered }
            event.link = link.id
            thing = Subject(.link, link.id)
        }
        return [Draft(event, about: [Subject(.staff, asked.caller.staff), thing])]
    }

    private static var nothingOffered: Refusal { .unchanged("Nothing is offered to you that is not complete.") }
}

extension ClinicState {
    borrowing func token(_ id: UInt64) throws -> TokenState? { try tables.tokens.get(id, in: transaction) }

    /// The latest link of a user id.
    borrowing func link(ofUID uid: UInt32) throws -> (id: UInt64, link: LinkState)? {
        var found: (id: UInt64, link: LinkState)?
        try tables.links.scanAll(in: transaction) { id, link in
            if link.uid == uid { found = (id, link) }
            return .next
        }
        return found
    }

    /// A hash of a secret has 32 bytes and was never seen before.
    borrowing func requireFreshHash(_ hash: [UInt8]) throws {
        guard hash.count == 32 else {
            throw Refusal.field("sha256", "`sha256` must be the SHA-256 of your own new secret: 32 bytes, in base64.")
        }
        guard try !tables.tokenHashes.contains(hash, in: transaction) else {
            throw Refusal.field("sha256", "This secret was used before. Make a new one.")
        }
    }
}
