import Schema

/// Where each text goes, in order of ordinal, as `SealedClientDetails` reads them back.
extension ClientTexts {
    private func sealed(_ text: String?, of client: UInt64, _ category: Category.Value) -> PrivateText? {
        text.map { PrivateText($0, of: client, category) }
    }

    func draft(_ event: ClientRegistered, client: UInt64) -> Draft {
        Draft(
            event, about: [Subject(.client, client)],
            texts: [
                (\.givenName, sealed(givenName, of: client, .identity)),
                (\.familyName, sealed(familyName, of: client, .identity)),
                (\.preferredName, sealed(preferredName, of: client, .identity)),
                (\.dateOfBirth, sealed(dateOfBirth, of: client, .identity)),
                (\.email, sealed(email, of: client, .contact)),
                (\.phone, sealed(phone, of: client, .contact)),
                (\.address, sealed(address, of: client, .contact)),
                (\.pronouns, sealed(pronouns, of: client, .identity)),
                (\.remark, sealed(remark, of: client, .identity)),
                (\.minorConsentBasis, sealed(minorConsentBasis, of: client, .identity)),
            ])
    }

    func draft(_ event: ClientDetailsUpdated, client: UInt64) -> Draft {
        Draft(
            event, about: [Subject(.client, client)],
            texts: [
                (\.givenName, sealed(givenName, of: client, .identity)),
                (\.familyName, sealed(familyName, of: client, .identity)),
                (\.preferredName, sealed(preferredName, of: client, .identity)),
                (\.dateOfBirth, sealed(dateOfBirth, of: client, .identity)),
                (\.email, sealed(email, of: client, .contact)),
                (\.phone, sealed(phone, of: client, .contact)),
                (\.address, sealed(address, of: client, .contact)),
                (\.pronouns, sealed(pronouns, of: client, .identity)),
                (\.remark, sealed(remark, of: client, .identity)),
                (\.minorConsentBasis, sealed(minorConsentBasis, of: client, .identity)),
            ])
    }
}
