import Schema
import Timetable

extension RegisterClient: AsksForDuplicates {
    public static let permission = Permission.registerClients

    public var duplicateProbe: DuplicateProbe {
        DuplicateProbe(
            givenName: hasGivenName ? givenName : nil, familyName: hasFamilyName ? familyName : nil,
            dateOfBirth: hasDateOfBirth ? dateOfBirth : nil, email: hasEmail ? email : nil, phone: hasPhone ? phone : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice()
        let details = try ClientDetails(practice.practice, nowMs: asked.nowMs)
        let id = asked.next
        let texts = try texts(id)
        let born = try birthDate(details)
        let basis = try Fields.optionalText(hasMinorConsentBasis ? minorConsentBasis : nil, "minorConsentBasis")
        var event = ClientRegistered()
        event.number = Self.number(practice.clientsRegistered + 1)
        event.jurisdiction =
            try Fields.optionalText(hasJurisdiction ? jurisdiction : nil, "jurisdiction", maxLength: 20)
            ?? practice.practice.jurisdiction
        if let born, let majorityAt = details.majorityAtMs(born: born), majorityAt > asked.nowMs {
            event.minor = true
            event.majorityAt = majorityAt
        }
        try details.requireBasis(isMinor: event.minor, basis: basis)
        try checkDuplicates(state, asked)
        event.duplicatesAcknowledged = duplicatesAcknowledged
        if let source = asked.source { event.source = source }
        let basisText = event.minor ? basis.map { PrivateText($0, of: id, .identity) } : nil
        let draft = Draft(
            event, about: [Subject(.client, id)],
            texts: texts + [(\.minorConsentBasis, basisText)])
        return [draft] + (try primary(state, asked))
    }

    static func number(_ count: UInt64) -> String {
        let digits = String(count)
        return "C-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    private func birthDate(_ details: ClientDetails) throws(Refusal) -> LocalDate? {
        guard hasDateOfBirth, !dateOfBirth.isEmpty else {
            guard dateOfBirthUnknown else {
                throw Refusal.rule(
                    "INV-CLI-02", "The birth date is missing",
                    "Give `dateOfBirth`, or say that it is unknown with `dateOfBirthUnknown`.")
                    .with { $0.field = "dateOfBirth" }
            }
            return nil
        }
        guard !dateOfBirthUnknown else {
            throw .field("dateOfBirthUnknown", "`dateOfBirth` is given and said to be unknown.")
        }
        return try details.dateOfBirth(dateOfBirth)
    }

    private func checkDuplicates(_ state: borrowing ClinicState, _ asked: Asked) throws {
        for (index, client) in duplicatesAcknowledged.enumerated() {
            _ = try state.client(client, field: "duplicatesAcknowledged[\(index)]")
        }
        try ClientDetails.requireAcknowledged(asked.possibleDuplicates, duplicatesAcknowledged)
    }

    /// In order of their field numbers, which is the order of their ordinals.
    private func texts(
        _ id: UInt64
    ) throws -> [(any WritableKeyPath<ClientRegistered, Sealed> & Sendable, PrivateText?)] {
        func text(_ value: String?, _ category: Category.Value) -> PrivateText? {
            value.map { PrivateText($0, of: id, category) }
        }
        return [
            (\.givenName, text(try Fields.text(hasGivenName ? givenName : nil, "givenName", maxLength: 100), .identity)),
            (
                \.familyName,
                text(try Fields.text(hasFamilyName ? familyName : nil, "familyName", maxLength: 100), .identity)
            ),
            (
                \.preferredName,
                text(
                    try Fields.optionalText(hasPreferredName ? preferredName : nil, "preferredName", maxLength: 100),
                    .identity)
            ),
            (\.dateOfBirth, text(hasDateOfBirth && !dateOfBirth.isEmpty ? dateOfBirth : nil, .identity)),
            (\.email, text(hasEmail && !email.isEmpty ? try Fields.email(email, "email") : nil, .contact)),
            (\.phone, text(try Fields.optionalText(hasPhone ? phone : nil, "phone", maxLength: 40), .contact)),
            (\.address, text(try Fields.optionalText(hasAddress ? address : nil, "address", maxLength: 500), .contact)),
            (
                \.pronouns,
                text(try Fields.optionalText(hasPronouns ? pronouns : nil, "pronouns", maxLength: 40), .identity)
            ),
            (\.remark, text(try Fields.optionalText(hasRemark ? remark : nil, "remark", maxLength: 4_000), .identity)),
        ]
    }

    /// The primary therapist named, or the therapist who registers.
    private func primary(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let therapist: UInt64
        if hasPrimaryTherapist {
            therapist = primaryTherapist
        } else if asked.role == .therapist {
            therapist = asked.caller.staff
        } else {
            return []
        }
        try CareTeam.requireClinician(try state.staff(therapist, field: "primaryTherapist"), "primaryTherapist")
        var event = CareTeamMemberAssigned()
        event.client = asked.next
        event.staff = therapist
        event.role = .primary
        event.fromAt = asked.nowMs
        return [Draft(event, about: [Subject(.client, asked.next), Subject(.staff, therapist)])]
    }
}

extension CareTeam {
    /// Whoever cares for clients does so as therapist, supervisor or trainee.
    static func requireClinician(_ staff: StaffState, _ path: String) throws(Refusal) {
        guard staff.roles.contains(where: { $0 == .therapist || $0 == .supervisor || $0 == .trainee }) else {
            throw .field(path, "`\(path)` must be a therapist, supervisor or trainee.")
        }
    }
}
