import Schema

/// A refusal as the API answers it, `application/problem+json` (RFC 9457).
public struct Problem: Hashable, Sendable {
    /// `urn:daybook:rule:INV-…` or `urn:daybook:problem:…`.
    public var type = ""
    public var title = ""
    public var detail = ""
    /// The HTTP status.
    public var status: Int
    /// The invariant's number.
    public var rule: String?
    /// The path of the field at fault.
    public var field: String?
    /// Appointments in the way, by id.
    public var conflicts: [UInt64] = []
    /// Kinds of conflict, as an override names them.
    public var classes: [String] = []
    /// Free times near the one asked for, wall clock at the place.
    public var nearest: [String] = []
    /// Clients who may be the same person, by id.
    public var candidates: [UInt64] = []
    /// Appointments that need a resolution, by id.
    public var affected: [UInt64] = []
    /// Charges, invoices, payments and the like that stand in the way, by id.
    public var involved: [UInt64] = []
    /// The most that is possible, in minor units of the practice's currency.
    public var availableMinor: Int64?
    /// Position of the last change.
    public var changed: UInt64?
    /// The present revision of a draft, and which saving of an editor's own came after it.
    public var revision: UInt32?
    public var autosave: UInt32?
    /// How far a task in the background has come, from 0 to 1000.
    public var progressPermille: Int?
    /// The API's own JSON; empty when the API made none.
    public var document: [UInt8] = []

    public init(status: Int, title: String, detail: String = "") {
        self.status = status
        self.title = title
        self.detail = detail
    }

    /// Reads an answer's body; what is no problem document becomes one that says only its status.
    public init(status: Int, body: [UInt8]) {
        guard let value = try? StrictJSON.parse(body), value["type"]?.text != nil else {
            self.init(status: status, title: "The daemon answered with status \(status)")
            return
        }
        self.init(value, status: status)
        document = body
    }

    /// Reads a problem that stands inside another answer, as in a failed job.
    public init(_ value: JSONValue, status: Int) {
        self.init(
            status: value["status"]?.integer.map { Int(clamping: $0) } ?? status,
            title: value["title"]?.text ?? "Refused", detail: value["detail"]?.text ?? "")
        document = value.document.bytes
        type = value["type"]?.text ?? ""
        rule = value["rule"]?.text
        field = value["field"]?.text
        conflicts = value["conflicts"]?.ids ?? []
        classes = value["classes"]?.texts ?? []
        nearest = value["nearest"]?.texts ?? []
        candidates = value["candidates"]?.ids ?? []
        affected = value["affected"]?.ids ?? []
        involved = value["involved"]?.ids ?? []
        availableMinor = value["availableMinor"]?.integer
        changed = value["changed"]?.id
        revision = value["revision"]?.id.map { UInt32(clamping: $0) }
        autosave = value["autosave"]?.id.map { UInt32(clamping: $0) }
        progressPermille = value["progressPermille"]?.integer.map { Int(clamping: $0) }
    }
}
