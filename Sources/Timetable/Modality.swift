/// How a session is held.
public enum Modality: String, Hashable, Sendable, CaseIterable {
    case inPerson = "in_person"
    case online
    case phone
    case homeVisit = "home_visit"
    case outreach
}

extension Modality: Comparable {
    /// The order of declaration.
    public static func < (left: Modality, right: Modality) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .inPerson: 0
        case .online: 1
        case .phone: 2
        case .homeVisit: 3
        case .outreach: 4
        }
    }
}
