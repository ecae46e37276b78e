/// How the caller must stand to the people in question for a role to permit something.
public enum Relation: Hashable, Sendable {
    /// Any: the role is enough.
    case any
    /// It is the caller's own calendar, time off, action.
    case own
    /// The client is in the caller's care, today.
    case careTeam
}
