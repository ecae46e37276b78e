import Schema

extension SealedClientDetails {
    /// Keeps the boxes by which clients are searched, where this event has them.
    func update(_ state: inout ClientState) {
        if let givenName { state.givenName = givenName }
        if let familyName { state.familyName = familyName }
        if let preferredName { state.preferredName = preferredName }
        if let dateOfBirth { state.dateOfBirth = dateOfBirth }
        if let email { state.email = email }
        if let phone { state.phone = phone }
    }
}
