import Schema
import Timetable

/// The private texts of a client as they come in a command: nil where left out, empty where cleared.
struct ClientTexts {
    var givenName: String?
    var familyName: String?
    var preferredName: String?
    /// ISO 8601 date.
    var dateOfBirth: String?
    var email: String?
    var phone: String?
    var address: String?
    var pronouns: String?
    var remark: String?
    var minorConsentBasis: String?

    init(_ command: RegisterClient) throws(Refusal) {
        givenName = try Self.line(command.hasGivenName ? command.givenName : nil, "givenName")
        familyName = try Self.line(command.hasFamilyName ? command.familyName : nil, "familyName")
        preferredName = try Self.line(command.hasPreferredName ? command.preferredName : nil, "preferredName")
        dateOfBirth = try Self.date(command.hasDateOfBirth ? command.dateOfBirth : nil)
        email = try Self.email(command.hasEmail ? command.email : nil)
        phone = try Self.line(command.hasPhone ? command.phone : nil, "phone", TextLimit.phone)
        address = try Self.text(command.hasAddress ? command.address : nil, "address", TextLimit.address)
        pronouns = try Self.line(command.hasPronouns ? command.pronouns : nil, "pronouns")
        remark = try Self.text(command.hasRemark ? command.remark : nil, "remark", TextLimit.remark)
        minorConsentBasis = try Self.text(
            command.hasMinorConsentBasis ? command.minorConsentBasis : nil, "minorConsentBasis", TextLimit.reason)
    }

    init(_ command: UpdateClientDetails) throws(Refusal) {
        givenName = try Self.line(command.hasGivenName ? command.givenName : nil, "givenName")
        familyName = try Self.line(command.hasFamilyName ? command.familyName : nil, "familyName")
        preferredName = try Self.line(command.hasPreferredName ? command.preferredName : nil, "preferredName")
        dateOfBirth = try Self.date(command.hasDateOfBirth ? command.dateOfBirth : nil)
        email = try Self.email(command.hasEmail ? command.email : nil)
        phone = try Self.line(command.hasPhone ? command.phone : nil, "phone", TextLimit.phone)
        address = try Self.text(command.hasAddress ? command.address : nil, "address", TextLimit.address)
        pronouns = try Self.line(command.hasPronouns ? command.pronouns : nil, "pronouns")
        remark = try Self.text(command.hasRemark ? command.remark : nil, "remark", TextLimit.remark)
        minorConsentBasis = try Self.text(
            command.hasMinorConsentBasis ? command.minorConsentBasis : nil, "minorConsentBasis", TextLimit.reason)
    }

    /// Whether the command says anything at all.
    var isEmpty: Bool {
        [
            givenName, familyName, preferredName, dateOfBirth, email, phone, address, pronouns, remark,
            minorConsentBasis,
        ].allSatisfy { $0 == nil }
    }

    /// The same, where empty means none.
    var withoutEmpties: ClientTexts {
        var texts = self
        for path in [
            \ClientTexts.givenName, \.familyName, \.preferredName, \.dateOfBirth, \.email, \.phone, \.address,
            \.pronouns, \.remark, \.minorConsentBasis,
        ] where texts[keyPath: path]?.isEmpty == true { texts[keyPath: path] = nil }
        return texts
    }

    private static func line(
        _ text: String?, _ path: String, _ maxLength: Int = TextLimit.name
    ) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return text }
        return try Fields.line(text, path, maxLength: maxLength)
    }

    private static func text(_ text: String?, _ path: String, _ maxLength: Int) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return text }
        return try Fields.text(text, path, maxLength: maxLength)
    }

    private static func email(_ text: String?) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return text }
        return try Fields.email(text, "email")
    }

    private static func date(_ text: String?) throws(Refusal) -> String? {
        guard let text, !text.isEmpty else { return text }
        let born = try Fields.date(text, "dateOfBirth")
        // Nobody is older than that; it is a slip of the hand.
        guard born.year >= 1_880 else { throw .field("dateOfBirth", "`dateOfBirth` must not be before 1880.") }
        return born.description
    }
}
