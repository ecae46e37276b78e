import Timetable

/// A client as a sheet describes them, read and typed. Personal data: not for logs or reports.
public struct ClientRow: Sendable, Hashable {
    public let reference: String
    public let line: Int
    public let firstName: String
    public let lastName: String
    public let preferredName: String?
    public let pronouns: String?
    /// Nil is "not known".
    public let dateOfBirth: LocalDate?
    public let email: String?
    public let phone: String?
    public let address: String?
    /// As written; every therapist named here counts as known.
    public let therapist: String?
    public let remarks: String?
}

extension String {
    var nilIfEmpty: String? { isEmpty ? nil : self }
}
