/// Why a well-formed request is turned down, in words that a receptionist understands.
///
/// It never holds personal data: a refusal reaches people who may not see whose appointment is in the way.
public struct Refusal: Error, Hashable, Sendable {
    /// `urn:daybook:rule:INV-…` for a rule of the clinic, `urn:daybook:problem:…` for everything else.
    public enum Kind: Hashable, Sendable {
        case rule(String)
        case problem(String)
    }

    public var kind: Kind
    /// The HTTP status that tells a program what to do next.
    public var status: Int
    public var title: String
    public var detail: String
    public var facts = Facts()

    /// What the refusal rests on, by id.
    public struct Facts: Hashable, Sendable {
        /// The path of the field that is at fault, as `blocks[2].from`.
        public var field: String?
        /// Appointments in the way.
        public var conflicts: [UInt64] = []
        /// The kinds of conflict, which an override must name.
        public var classes: [String] = []
        /// Free times near the one asked for, wall clock at the place.
        public var nearest: [String] = []
        /// Clients who may be the same person.
        public var candidates: [UInt64] = []
        /// Appointments that need a resolution.
        public var affected: [UInt64] = []
        /// Charges, invoices, payments and the like that stand in the way, by id.
        public var involved: [UInt64] = []
        /// The most that is possible, in minor units of the practice's currency.
        public var availableMinor: Int64?
        /// The position of the last change, when a later one was expected.
        public var changed: UInt64?
        /// The present revision of a draft, and which saving of an editor's own came after it; 0 for none.
        public var revision: UInt32?
        public var autosave: UInt32?
        /// How far a background task has come, from 0 to 1000.
        public var progressPermille: Int?

        public init() {}
    }

    public init(_ kind: Kind, status: Int, title: String, detail: String) {
        self.kind = kind
        self.status = status
        self.title = title
        self.detail = detail
    }

    /// The invariant's number, for a rule.
    public var rule: String? {
        if case .rule(let number) = kind { number } else { nil }
    }

    /// Its name as a problem type (RFC 9457).
    public var type: String {
        switch kind {
        case .rule(let number): "urn:daybook:rule:\(number)"
        case .problem(let name): "urn:daybook:problem:\(name)"
        }
    }

    public func with(_ change: (inout Facts) -> Void) -> Refusal {
        var copy = self
        change(&copy.facts)
        return copy
    }
}

extension Refusal {
    /// A rule of the clinic says no.
    public static func rule(_ number: String, _ title: String, _ detail: String) -> Refusal {
        Refusal(.rule(number), status: 409, title: title, detail: detail)
    }

    /// A field is missing or does not say what it must.
    public static func field(_ path: String, _ detail: String) -> Refusal {
        Refusal(.problem("malformed"), status: 400, title: "The request is not understood", detail: detail)
            .with { $0.field = path }
    }

    /// There is no such thing, or it is a thing of another kind.
    public static func missing(_ what: String, _ id: UInt64, field: String) -> Refusal {
        Refusal(.problem("not-found"), status: 404, title: "Not found", detail: "There is no \(what) \(id).")
            .with { $0.field = field }
    }

    /// The command would change nothing.
    public static func unchanged(_ detail: String) -> Refusal {
        Refusal(.problem("unchanged"), status: 409, title: "Nothing to change", detail: detail)
    }

    public static func forbidden(_ detail: String) -> Refusal {
        Refusal(.problem("not-permitted"), status: 403, title: "Not permitted", detail: detail)
    }

    public static func unknownCaller(_ detail: String) -> Refusal {
        Refusal(.problem("unknown-caller"), status: 401, title: "Who are you?", detail: detail)
    }

    /// Something changed since the caller looked.
    public static func changedSince(_ position: UInt64) -> Refusal {
        Refusal(
            .problem("changed"), status: 412, title: "Changed since you looked",
            detail: "Somebody changed this after you looked at it. Look again, then repeat the change."
        )
        .with { $0.changed = position }
    }

    public static func busy(_ detail: String) -> Refusal {
        Refusal(.problem("busy"), status: 503, title: "Busy", detail: detail)
    }
}
