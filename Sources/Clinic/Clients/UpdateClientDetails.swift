import Schema

extension UpdateClientDetails: AsksForDuplicates {
    public static let permission = Permission.updateClients

    public var duplicateProbe: DuplicateProbe {
        func given(_ isGiven: Bool, _ text: String) -> String? { isGiven && !text.isEmpty ? text : nil }
        return DuplicateProbe(
            givenName: given(hasGivenName, givenName), familyName: given(hasFamilyName, familyName),
            dateOfBirth: given(hasDateOfBirth, dateOfBirth), email: given(hasEmail, email),
            phone: given(hasPhone, phone), except: client)
    }

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasClient ? client : nil, "client", "the client's id")
        let known = try state.client(id)
        try state.expect(id, unchangedAfter: hasExpecting ? expecting : nil)
        let texts = try ClientTexts(self)
        try requireName(texts)
        var event = ClientDetailsUpdated()
        event.client = id
        if let jurisdiction = try changedJurisdiction(known) { event.jurisdiction = jurisdiction }
        guard !texts.isEmpty || event.hasJurisdiction else {
            throw Refusal.unchanged("Name at least one detail that changes.")
        }
        try setAge(of: &event, texts, known, state, asked)
        event.duplicatesAcknowledged = try DuplicateRule.check(duplicatesAcknowledged, state, asked)
        return [texts.draft(event, client: id)]
    }

    private func requireName(_ texts: ClientTexts) throws(Refusal) {
        guard texts.givenName?.isEmpty != true else { throw .field("givenName", "`givenName` must not be empty.") }
        guard texts.familyName?.isEmpty != true else { throw .field("familyName", "`familyName` must not be empty.") }
    }

    private func changedJurisdiction(_ known: ClientState) throws(Refusal) -> String? {
        guard hasJurisdiction else { return nil }
        guard let new = try Fields.jurisdiction(jurisdiction, "jurisdiction") else {
            throw .field("jurisdiction", "`jurisdiction` must not be empty.")
        }
        return new == known.jurisdiction ? nil : new
    }

    /// INV-CLI-02 and INV-CLI-06. A cleared birth date is unknown, and makes nobody a minor.
    private func setAge(
        of event: inout ClientDetailsUpdated, _ texts: ClientTexts, _ known: ClientState,
        _ state: borrowing ClinicState, _ asked: Asked
    ) throws {
        let wasMinor = known.minor && asked.nowMs < known.majorityAt
        var isMinor = wasMinor
        if let born = texts.dateOfBirth {
            let majority = born.isEmpty ? nil : try state.majority(born: born, asked)
            isMinor = majority?.isMinor ?? false
            event.minor = isMinor
            if let majority, isMinor { event.majorityAt = majority.atMs }
        }
        guard isMinor else { return }
        // What is on file is sealed, but no minor was registered without it.
        let hasBasis = texts.minorConsentBasis.map { !$0.isEmpty } ?? wasMinor
        guard hasBasis || asked.isImport else { throw Majority.consentMissing }
    }
}
