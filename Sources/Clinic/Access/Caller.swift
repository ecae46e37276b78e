import Schema

/// Whoever asks, after the one place that finds out has found out.
public struct Caller: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case staff, system, `import` }

    public var kind: Kind
    /// The member of staff; 0 for the system.
    public var staff: UInt64
    /// In the order in which they are asked.
    public var roles: [Role.Value]
    public var door: Door
    /// The name of the reaction, for the system.
    public var reaction: String?

    public init(kind: Kind, staff: UInt64, roles: [Role.Value], door: Door, reaction: String? = nil) {
        self.kind = kind
        self.staff = staff
        self.roles = roles
        self.door = door
        self.reaction = reaction
    }

    /// The daemon itself, for one named purpose.
    public static func system(_ reaction: String) -> Caller {
        var door = Door()
        door.kind = .system
        return Caller(kind: .system, staff: 0, roles: [], door: door, reaction: reaction)
    }

    public var actor: Actor {
        var actor = Actor()
        switch kind {
        case .staff:
            actor.kind = .staff
            actor.id = staff
        case .system:
            actor.kind = .system
            actor.reaction = reaction ?? ""
        case .import:
            actor.kind = .import
            actor.id = staff
        }
        return actor
    }
}

/// What a connection shows of itself.
public struct Credentials: Hashable, Sendable {
    public var doorKind: Door.Kind
    /// As the kernel told it.
    public var uid: UInt32?
    /// SHA-256 of the secret shown.
    public var tokenSHA256: [UInt8]?

    public init(doorKind: Door.Kind, uid: UInt32?, tokenSHA256: [UInt8]? = nil) {
        self.doorKind = doorKind
        self.uid = uid
        self.tokenSHA256 = tokenSHA256
    }
}
