import Schema
import Timetable

extension UpdateClientDetails: AsksForDuplicates {
    public static let permission = Permission.updateClients

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    /// Only what is changed is compared.
    public var duplicateProbe: DuplicateProbe {
        DuplicateProbe(
            email: hasEmail ? email : nil, phone: hasPhone ? phone : nil, except: hasClient ? client : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice()
        let details = try ClientDetails(practice.practice, nowMs: asked.nowMs)
        let id = try Fields.required(hasClient ? client : nil, "client", "the client's id")
        let before = try state.client(id)
        try state.expect(id, unchangedAfter: hasExpecting ? expecting : nil)
        var event = ClientDetailsUpdated()
        event.client = id
        if hasJurisdiction { event.jurisdiction = try Fields.text(jurisdiction, "jurisdiction", maxLength: 20) }
        if hasDateOfBirth, !dateOfBirth.isEmpty {
            let born = try details.dateOfBirth(dateOfBirth)
            if let majorityAt = details.majorityAtMs(born: born) {
                event.minor = majorityAt > asked.nowMs
                if event.minor { event.majorityAt = majorityAt }
            }
            if event.minor, !before.minor {
                try details.requireBasis(isMinor: true, basis: hasMinorConsentBasis ? minorConsentBasis : nil)
            }
        }
        let texts = try texts(id)
        guard hasJurisdiction || texts.contains(where: { $0.1 != nil }) else {
            throw Refusal.unchanged("Name at least one field to change.")
        }
        return [Draft(event, about: [Subject(.client, id)], texts: texts)]
    }

    /// In order of their field numbers, which is the order of their ordinals. Empty text clears a field.
    private func texts(
        _ id: UInt64
    ) throws -> [(any WritableKeyPath<ClientDetailsUpdated, Sealed> & Sendable, PrivateText?)] {
        func text(
            _ isGiven: Bool, _ value: String, _ path: String, _ category: Category.Value, maxLength: Int
        ) throws -> PrivateText? {
            guard isGiven else { return nil }
            let checked = try Fields.optionalText(value, path, maxLength: maxLength) ?? ""
            return PrivateText(checked, of: id, category)
        }
        for (isGiven, value, path) in [(hasGivenName, givenName, "givenName"), (hasFamilyName, familyName, "familyName")]
        where isGiven { _ = try Fields.text(value, path, maxLength: 100) }
        if hasEmail, !email.isEmpty { _ = try Fields.email(email, "email") }
        return [
            (\.givenName, try text(hasGivenName, givenName, "givenName", .identity, maxLength: 100)),
            (\.familyName, try text(hasFamilyName, familyName, "familyName", .identity, maxLength: 100)),
            (\.preferredName, try text(hasPreferredName, preferredName, "preferredName", .identity, maxLength: 100)),
            (\.dateOfBirth, try text(hasDateOfBirth, dateOfBirth, "dateOfBirth", .identity, maxLength: 10)),
            (\.email, try text(hasEmail, email, "email", .contact, maxLength: 200)),
            (\.phone, try text(hasPhone, phone, "phone", .contact, maxLength: 40)),
            (\.address, try text(hasAddress, address, "address", .contact, maxLength: 500)),
            (\.pronouns, try text(hasPronouns, pronouns, "pronouns", .identity, maxLength: 40)),
            (\.remark, try text(hasRemark, remark, "remark", .identity, maxLength: 4_000)),
            (
                \.minorConsentBasis,
                try text(hasMinorConsentBasis, minorConsentBasis, "minorConsentBasis", .identity, maxLength: 200)
            ),
        ]
    }
}
