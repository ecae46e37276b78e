/// The sealed details of a client in one event, each with its place. The one list of which field has which ordinal.
public struct SealedClientDetails: Sendable {
    public private(set) var givenName: SealedAt?
    public private(set) var familyName: SealedAt?
    public private(set) var preferredName: SealedAt?
    public private(set) var dateOfBirth: SealedAt?
    public private(set) var email: SealedAt?
    public private(set) var phone: SealedAt?
    public private(set) var address: SealedAt?
    public private(set) var pronouns: SealedAt?
    public private(set) var remark: SealedAt?
    public private(set) var minorConsentBasis: SealedAt?

    public init(_ event: ClientRegistered, _ recorded: Recorded) {
        self.init(
            event.givenName, event.familyName, event.preferredName, event.dateOfBirth, event.email, event.phone,
            event.address, event.pronouns, event.remark, event.minorConsentBasis, recorded, of: recorded.position)
    }

    public init(_ event: ClientDetailsUpdated, _ recorded: Recorded) {
        self.init(
            event.givenName, event.familyName, event.preferredName, event.dateOfBirth, event.email, event.phone,
            event.address, event.pronouns, event.remark, event.minorConsentBasis, recorded, of: event.client)
    }

    private init(
        _ givenName: Sealed, _ familyName: Sealed, _ preferredName: Sealed, _ dateOfBirth: Sealed, _ email: Sealed,
        _ phone: Sealed, _ address: Sealed, _ pronouns: Sealed, _ remark: Sealed, _ minorConsentBasis: Sealed,
        _ recorded: Recorded, of client: UInt64
    ) {
        var ordinal: UInt32 = 0
        self.givenName = recorded.sealed(givenName, ordinal: &ordinal, of: client, .identity)
        self.familyName = recorded.sealed(familyName, ordinal: &ordinal, of: client, .identity)
        self.preferredName = recorded.sealed(preferredName, ordinal: &ordinal, of: client, .identity)
        self.dateOfBirth = recorded.sealed(dateOfBirth, ordinal: &ordinal, of: client, .identity)
        self.email = recorded.sealed(email, ordinal: &ordinal, of: client, .contact)
        self.phone = recorded.sealed(phone, ordinal: &ordinal, of: client, .contact)
        self.address = recorded.sealed(address, ordinal: &ordinal, of: client, .contact)
        self.pronouns = recorded.sealed(pronouns, ordinal: &ordinal, of: client, .identity)
        self.remark = recorded.sealed(remark, ordinal: &ordinal, of: client, .identity)
        self.minorConsentBasis = recorded.sealed(minorConsentBasis, ordinal: &ordinal, of: client, .identity)
    }
}
