import Schema

extension RegisterClient: AsksForDuplicates {
    public static let permission = Permission.registerClients

    public var duplicateProbe: DuplicateProbe {
        DuplicateProbe(
            givenName: hasGivenName ? givenName : nil, familyName: hasFamilyName ? familyName : nil,
            dateOfBirth: hasDateOfBirth ? dateOfBirth : nil, email: hasEmail ? email : nil,
            phone: hasPhone ? phone : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice()
        try state.requireNew(asked.source, .client)
        let texts = try ClientTexts(self).withoutEmpties
        try requireName(texts, asked)
        var event = ClientRegistered()
        event.number = Self.number(practice.clientsRegistered + 1)
        event.jurisdiction =
            try Fields.jurisdiction(hasJurisdiction ? jurisdiction : nil, "jurisdiction")
            ?? practice.practice.jurisdiction
        try setAge(of: &event, texts, state, asked)
        event.duplicatesAcknowledged = try DuplicateRule.check(duplicatesAcknowledged, state, asked)
        if let source = asked.source { event.source = source }
        let registered = texts.draft(event, client: asked.next)
        return try [registered] + primaryDrafts(state, asked)
    }

    /// INV-CLI-01: `C-000041`, and a digit more when a million is not enough.
    private static func number(_ count: UInt64) -> String {
        let digits = String(count)
        return "C-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    private func requireName(_ texts: ClientTexts, _ asked: Asked) throws(Refusal) {
        // Old sheets have people with one name.
        if asked.isImport, texts.givenName ?? texts.familyName != nil { return }
        guard texts.givenName != nil else { throw .field("givenName", "`givenName` is missing.") }
        guard texts.familyName != nil else { throw .field("familyName", "`familyName` is missing.") }
    }

    /// INV-CLI-02 and INV-CLI-06.
    private func setAge(
        of event: inout ClientRegistered, _ texts: ClientTexts, _ state: borrowing ClinicState, _ asked: Asked
    ) throws {
        guard let born = texts.dateOfBirth else {
            guard dateOfBirthUnknown else {
                throw Refusal.rule(
                    "INV-CLI-02", "The date of birth is missing",
                    "Give `dateOfBirth`, or say that it is not known in `dateOfBirthUnknown`."
                )
                .with { $0.field = "dateOfBirth" }
            }
            return
        }
        guard !dateOfBirthUnknown else {
            throw Refusal.rule(
                "INV-CLI-02", "Known or not known", "A date of birth is given and said to be unknown. Leave out one."
            )
            .with { $0.field = "dateOfBirthUnknown" }
        }
        let majority = try state.majority(born: born, asked)
        guard majority.isMinor else { return }
        guard texts.minorConsentBasis != nil || asked.isImport else { throw Majority.consentMissing }
        event.minor = true
        event.majorityAt = majority.atMs
    }

    /// Who becomes the primary therapist: whoever is named, else the therapist who registers.
    private func primaryDrafts(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let isTherapist = asked.caller.kind == .staff && asked.role == .therapist
        guard let staff = hasPrimaryTherapist ? primaryTherapist : isTherapist ? asked.caller.staff : nil else {
            return []
        }
        try CareTeam.requireClinical(
            try state.staff(staff, field: "primaryTherapist"), atMs: asked.nowMs, field: "primaryTherapist")
        var event = CareTeamMemberAssigned()
        event.client = asked.next
        event.staff = staff
        event.role = .primary
        event.fromAt = asked.nowMs
        return [Draft(event, about: [Subject(.client, asked.next), Subject(.staff, staff)])]
    }
}
