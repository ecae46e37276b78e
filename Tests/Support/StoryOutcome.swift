import Clinic
import Schema

/// What came of a command: events, or a refusal.
public struct StoryOutcome {
    public let recorded: [Recorded]
    public let refusal: Refusal?
    /// What was kept outside the log instead of an event.
    public let kept: ScratchDraft?

    init(recorded: [Recorded]) {
        self.recorded = recorded
        refusal = nil
        kept = nil
    }

    init(refusal: Refusal) {
        recorded = []
        self.refusal = refusal
        kept = nil
    }

    init(kept: ScratchDraft) {
        recorded = []
        refusal = nil
        self.kept = kept
    }

    public var types: [EventType] { recorded.map(\.type) }
    public var reply: Reply { Reply(to: recorded[...]) }
    /// The refusal in short, to compare with.
    public var refused: Refused? { refusal.map(Refused.init) }

    /// The first event of a type. Throws the refusal, when there is one.
    public func event<E: Event>(_ type: E.Type = E.self) throws -> E {
        if let refusal { throw refusal }
        for one in recorded {
            if let event = one.event.message as? E { return event }
        }
        throw NoSuchEvent(wanted: E.type, found: types)
    }

    public struct NoSuchEvent: Error {
        public let wanted: EventType
        public let found: [EventType]
    }
}

/// A refusal in short: the rule or the problem, and the field at fault.
public struct Refused: Equatable, Sendable, CustomStringConvertible {
    public var by: String
    public var field: String?

    public init(_ by: String, _ field: String? = nil) {
        self.by = by
        self.field = field
    }

    public init(_ refusal: Refusal) {
        switch refusal.kind {
        case .rule(let number): by = number
        case .problem(let name): by = name
        }
        field = refusal.facts.field
    }

    public static let notPermitted = Refused("not-permitted")
    public static let unchanged = Refused("unchanged")
    public static func malformed(_ field: String) -> Refused { Refused("malformed", field) }
    public static func notFound(_ field: String) -> Refused { Refused("not-found", field) }

    public var description: String { by + (field.map { " at \($0)" } ?? "") }
}
