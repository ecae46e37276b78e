/// The columns of a sheet of clients.
public enum ClientColumn: String, SheetColumn {
    case reference
    case firstName
    case lastName
    /// Instead of first and last name.
    case fullName
    case preferredName
    case pronouns
    case dateOfBirth
    case email
    case phone
    case address
    case therapist
    case remarks

    public static let sheet = SheetKind.clients

    public var headings: Set<String> {
        switch self {
        case .reference:
            [
                "ref", "refno", "id", "no", "fileno", "fileid", "fileref", "file", "clientid", "clientno", "clientref",
                "clientcode", "chartno", "chartid", "chart", "caseno", "caseid", "recordno", "recordid", "mrn",
                "medicalrecordno", "sourceid", "code", "accountno",
            ]
        case .firstName: ["givenname", "given", "givennames", "clientgivenname"]
        case .lastName: ["familyname", "family", "clientfamilyname"]
        case .fullName: ["name", "fullname", "clientname", "client", "clientfullname"]
        case .preferredName: ["preferredname", "knownas", "nickname", "preferred"]
        case .pronouns: ["pronouns", "pronoun"]
        case .dateOfBirth: ["dateofbirth", "dob", "birthdate", "birthday", "born", "birthdt", "datebirth"]
        case .email: ["email", "emailaddress", "mail", "clientemail"]
        case .phone:
            ["phone", "phoneno", "phonephone", "contactno", "clientphone", "homephone", "phonehome", "primaryphone"]
        case .address: ["address", "homeaddress", "postaladdress", "clientaddress", "streetaddress"]
        case .therapist:
            [
                "clinician", "primaryclinician", "assignedclinician", "clinicianname", "seenby", "assignedto",
                "keyworker", "caseworker", "staff",
            ]
        case .remarks: ["remarks", "adminremarks", "remarksadmin", "generalremarks", "clientremarks"]
        }
    }

    /// A date of birth may be unknown, but only if the mapping says so for the whole sheet (INV-CLI-02).
    public static func missing(present: Set<Self>, absent: Set<Self>) -> [Self] {
        var missing: [Self] = []
        if !present.contains(.reference) { missing.append(.reference) }
        if !present.contains(.fullName) {
            missing += [.firstName, .lastName].filter { !present.contains($0) && !absent.contains($0) }
            if absent.contains(.firstName) && absent.contains(.lastName) { missing.append(.fullName) }
        }
        if !present.contains(.dateOfBirth) && !absent.contains(.dateOfBirth) { missing.append(.dateOfBirth) }
        return missing
    }
}
