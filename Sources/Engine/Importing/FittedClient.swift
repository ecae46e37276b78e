import Clinic
import Interchange
import Schema
import Timetable

/// A row of a sheet of clients, made to fit the book. Nobody is lost for an odd cell: what cannot stand in its field stands
/// word for word in the sealed remark, and the notes say so without repeating it.
struct FittedClient {
    let reference: String
    private(set) var command = RegisterClient()
    private(set) var notes: [String] = []
    private let remarks: String
    /// What the remark says of cells that did not fit.
    private var aside: [String] = []

    init(_ row: Interchange.ClientRow, therapist: UInt64?) {
        reference = row.reference
        remarks = OneLine.plain(row.remarks ?? "")
        if let name = fit(row.firstName, "first name") { command.givenName = name }
        if let name = fit(row.lastName, "last name") { command.familyName = name }
        if let name = fit(row.preferredName ?? "", "preferred name") { command.preferredName = name }
        if let pronouns = fit(row.pronouns ?? "", "pronouns") { command.pronouns = pronouns }
        if let date = row.dateOfBirth {
            command.dateOfBirth = date.description
        } else {
            command.dateOfBirthUnknown = true
        }
        if let email = choose(row.email, "email", ContactCell.email) { command.email = email }
        if let phone = choose(row.phone, "phone", ContactCell.phone) { command.phone = phone }
        if let address = row.address { command.address = OneLine.plain(address) }
        if let therapist { command.primaryTherapist = therapist }
        command.minorConsentBasis = "as kept in the imported records"
        writeRemark()
    }

    /// Leaves out the field that was refused; false when the client cannot be without it.
    mutating func drop(_ field: String?) -> Bool {
        switch field {
        case "email" where command.hasEmail: setAside("email", command.email) { $0.clearEmail() }
        case "phone" where command.hasPhone: setAside("phone", command.phone) { $0.clearPhone() }
        case "address" where command.hasAddress: setAside("address", command.address) { $0.clearAddress() }
        case "pronouns" where command.hasPronouns: setAside("pronouns", command.pronouns) { $0.clearPronouns() }
        case "preferredName" where command.hasPreferredName:
            setAside("preferred name", command.preferredName) { $0.clearPreferredName() }
        case "dateOfBirth" where command.hasDateOfBirth:
            setAside("date of birth", command.dateOfBirth) {
                $0.clearDateOfBirth()
                $0.dateOfBirthUnknown = true
            }
        case "primaryTherapist" where command.hasPrimaryTherapist:
            command.clearPrimaryTherapist()
            notes.append("the therapist is not made primary: no clinical role on file")
        default: return false
        }
        writeRemark()
        return true
    }

    private mutating func setAside(_ what: String, _ text: String, _ clear: (inout RegisterClient) -> Void) {
        clear(&command)
        aside.append("\(what): \(text)")
        notes.append("the \(what) cannot be used, and stands in the remark")
    }

    /// A name on one line; nil when nothing is left of it.
    private mutating func fit(_ text: String, _ what: String) -> String? {
        let line = OneLine.of(text)
        if text.contains(where: \.isNewline) { notes.append("the \(what) is written on one line") }
        let name = OneLine.name(line)
        if name != line {
            aside.append("\(what): \(line)")
            notes.append("the \(what) is cut, and stands in the remark in full")
        }
        return name.isEmpty ? nil : name
    }

    /// What can be used of a cell.
    private mutating func choose(_ text: String?, _ what: String, _ read: (String) -> ContactCell) -> String? {
        guard let text else { return nil }
        switch read(text) {
        case .usable(let value): return value
        case .nothing:
            notes.append("the \(what) says that there is none")
            return nil
        case .firstOf(let value):
            aside.append("\(what): \(OneLine.plain(text))")
            notes.append("of the \(what) the first is taken, and all stands in the remark")
            return value
        case .unusable:
            aside.append("\(what): \(OneLine.plain(text))")
            notes.append("the \(what) cannot be used, and stands in the remark")
            return nil
        }
    }

    private mutating func writeRemark() {
        let extra = OneLine.cut(aside.joined(separator: "\n"), to: TextLimit.remark / 2)
        let room = TextLimit.remark - (extra.isEmpty ? 0 : extra.count + 1)
        let kept = OneLine.cut(remarks, to: room)
        let isCut = "the remarks are longer than \(TextLimit.remark) characters, and are cut"
        if kept != remarks, !notes.contains(isCut) { notes.append(isCut) }
        let text = [kept, extra].filter { !$0.isEmpty }.joined(separator: "\n")
        if text.allSatisfy(\.isWhitespace) { command.clearRemark() } else { command.remark = text }
    }
}
