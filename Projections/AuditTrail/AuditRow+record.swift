import ProjectionKit
import Schema

extension AuditRow {
    init(_ recorded: Recorded) {
        self.init()
        let header = recorded.header
        position = recorded.position
        recordedAt = header.recordedAt
        event = recorded.type.name
        action = AuditAction(recorded.type).rawValue
        take(header)
        subjects = Self.unique(header.subjects.map(\.id) + (recorded.type.founds ? [recorded.position] : []))
        if case .access(let event) = recorded.event { take(event) }
    }

    private mutating func take(_ header: RecordHeader) {
        if header.actor.hasID { actor = header.actor.id }
        actorKind = header.actor.kind.word
        if header.role != .unspecified { role = header.role }
        door = header.door.kind.word
        if header.door.hasUid { uid = header.door.uid }
        if header.door.hasToken { token = header.door.token }
        if header.purpose != .unspecified { purpose = header.purpose }
        if header.actor.hasReaction { add("reaction", header.actor.reaction) }
        if let behalf = header.onBehalfOf { add("onBehalfOf", String(behalf)) }
        if header.clockSkew { add("clockSkew", "true") }
    }

    private mutating func take(_ event: AccessEvent) {
        switch event {
        case .recordAccessed(let event):
            query = event.query
            if event.category != .unspecified { category = event.category }
            count = Self.count(repeats: event.repeats)
            subjects = Self.unique(subjects + event.people)
            add("windowAt", String(event.windowAt))
        case .accessDenied(let event):
            query = event.name
            permission = event.permission
            status = event.status
            count = Self.count(repeats: event.repeats)
            add("windowAt", String(event.windowAt))
        case .socketUserLinked, .tokenIssued, .tokenRevoked, .enrolmentCompleted, .ownerRecovered,
            .socketUserUnlinked:
            break
        }
    }

    private mutating func add(_ name: String, _ value: String) {
        var fact = Fact()
        fact.name = name
        fact.value = value
        facts.append(fact)
    }

    /// The first, and those counted after it.
    private static func count(repeats: UInt32) -> UInt32 { repeats == .max ? .max : repeats + 1 }

    /// Each once, in the order in which they first occur.
    private static func unique(_ ids: [UInt64]) -> [UInt64] {
        var seen: Set<UInt64> = []
        return ids.filter { seen.insert($0).inserted }
    }
}

extension Actor.Kind {
    fileprivate var word: String {
        switch self {
        case .unspecified: "unspecified"
        case .staff: "staff"
        case .client: "client"
        case .system: "system"
        case .import: "import"
        case .UNRECOGNIZED(let number): String(number)
        }
    }
}

extension Door.Kind {
    fileprivate var word: String {
        switch self {
        case .unspecified: "unspecified"
        case .socket: "socket"
        case .web: "web"
        case .clientLink: "client_link"
        case .import: "import"
        case .system: "system"
        case .UNRECOGNIZED(let number): String(number)
        }
    }
}
