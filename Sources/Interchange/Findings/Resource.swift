/// What an appointment takes for its time.
public enum Resource: String, Sendable, Hashable, Codable, CaseIterable {
    case therapist
    case client
    case room

    /// Which one, so that two appointments with equal keys take the same; nil when the appointment takes none.
    ///
    /// Two files of one person are two clients until someone merges them. Rooms are told apart by location too.
    func key(of row: AppointmentRow) -> String? {
        switch self {
        case .therapist: row.therapist.nameKey
        case .client: row.client
        case .room: row.room.map { "\(row.location?.nameKey ?? "")\u{1F}\($0.nameKey)" }
        }
    }
}
