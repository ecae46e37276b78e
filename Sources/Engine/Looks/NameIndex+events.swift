import Clinic
import Schema
import Vault

extension NameIndex {
    /// Whose names a record changes.
    static func clients(namedBy recorded: Recorded) -> [UInt64] {
        switch recorded.event {
        case .clients(.clientRegistered): [recorded.position]
        case .clients(.clientDetailsUpdated(let event)): [event.client]
        case .interchange(.importUndone(let event)): event.clients
        default: []
        }
    }

    /// Keeps the index current; a box whose key was destroyed reads as nothing.
    func follow(_ recorded: Recorded, opening vault: KeyVault) throws {
        switch recorded.event {
        case .clients(.clientRegistered(let event)):
            try update(
                recorded.position, SealedClientDetails(event, recorded), number: event.number, opening: vault)
        case .clients(.clientDetailsUpdated(let event)):
            try update(event.client, SealedClientDetails(event, recorded), number: nil, opening: vault)
        case .interchange(.importUndone(let event)): for client in event.clients { forget(client) }
        default: break
        }
    }

    private func update(
        _ client: UInt64, _ details: SealedClientDetails, number: String?, opening vault: KeyVault
    ) throws {
        let given = try vault.text(details.givenName).map(NameFolding.fold)
        let family = try vault.text(details.familyName).map(NameFolding.fold)
        let preferred = try vault.text(details.preferredName).map(NameFolding.fold)
        let born = try vault.text(details.dateOfBirth)
        let email = try vault.text(details.email).map(NameFolding.fold)
        let phone = try vault.text(details.phone).map(NameFolding.digits)
        update(client) { entry in
            if let number { entry.number = number }
            if let given { entry.givenName = given }
            if let family { entry.familyName = family }
            if let preferred { entry.preferredName = preferred }
            if let born { entry.dateOfBirth = born }
            if let email { entry.email = email }
            if let phone { entry.phone = phone }
        }
    }

    /// A client as the state keeps them, at a start.
    func insert(_ client: UInt64, _ state: ClientState, opening vault: KeyVault) throws {
        func text(_ place: SealedAt, _ isThere: Bool) throws -> String { try vault.text(isThere ? place : nil) ?? "" }
        let entry = Entry(
            number: state.number,
            givenName: NameFolding.fold(try text(state.givenName, state.hasGivenName)),
            familyName: NameFolding.fold(try text(state.familyName, state.hasFamilyName)),
            preferredName: NameFolding.fold(try text(state.preferredName, state.hasPreferredName)),
            dateOfBirth: try text(state.dateOfBirth, state.hasDateOfBirth),
            email: NameFolding.fold(try text(state.email, state.hasEmail)),
            phone: NameFolding.digits(try text(state.phone, state.hasPhone)))
        fill(client, with: entry)
    }
}

extension KeyVault {
    /// The text at a place; nil when there is none, or when its key was destroyed.
    func text(_ place: SealedAt?) throws -> String? {
        guard let place, let box = place.sealed.sealedBox else { return nil }
        do {
            return try open(box, at: self.place(position: place.position, ordinal: place.ordinal))
        } catch VaultError.erased {
            return nil
        }
    }
}
