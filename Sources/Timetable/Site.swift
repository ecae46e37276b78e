/// Where opening hours belong: a location, or the therapist's online practice. Ids are log positions.
public enum Site: Hashable, Sendable {
    case location(UInt64)
    case online
}

/// Where an appointment happens, as far as the way to the next one matters.
public enum Place: Hashable, Sendable {
    case location(UInt64)
    case online
    case phone
    /// At the client's, `travelMinutes` away from wherever the therapist was or goes next.
    case home(travelMinutes: Int)
}
