import Schema

/// What a client is compared by with those on file (INV-CLI-05).
public struct DuplicateProbe: Hashable, Sendable {
    public var givenName: String?
    public var familyName: String?
    public var dateOfBirth: String?
    public var email: String?
    public var phone: String?
    /// The client in question, who is no duplicate of themselves.
    public var except: UInt64?

    public init(
        givenName: String? = nil, familyName: String? = nil, dateOfBirth: String? = nil, email: String? = nil,
        phone: String? = nil, except: UInt64? = nil
    ) {
        self.givenName = givenName
        self.familyName = familyName
        self.dateOfBirth = dateOfBirth
        self.email = email
        self.phone = phone
        self.except = except
    }
}

/// A command whose decision needs to know who on file may be the same person.
public protocol AsksForDuplicates: Command {
    var duplicateProbe: DuplicateProbe { get }
}
