import Schema

/// Services of the demo clinic.
enum DemoService: Int, CaseIterable, Sendable {
    case individual50, individual80, couples80, intake90

    var code: String { ["IND50", "IND80", "COU80", "INT90"][rawValue] }
    var name: String { ["Individual, 50 min", "Individual, 80 min", "Couples, 80 min", "Intake, 90 min"][rawValue] }
    var minutes: Int { [50, 80, 80, 90][rawValue] }
    /// On the therapist's calendar, with the pause that follows.
    var occupiedMinutes: Int { [60, 90, 90, 105][rawValue] }
    var bufferBeforeMinutes: Int { self == .couples80 ? 5 : 0 }
    var bufferAfterMinutes: Int { self == .intake90 ? 15 : 10 }
    var people: Int { self == .couples80 ? 3 : 2 }
    /// In minor units.
    var price: Int64 { [13_500, 19_000, 21_000, 22_500][rawValue] }

    var modalities: [Schema.Modality.Value] {
        self == .couples80 ? [.inPerson] : [.inPerson, .online, .phone]
    }
}

/// Where the demo clinic works.
enum DemoPlace: Int, CaseIterable, Sendable {
    case harbour, linden

    var name: String { ["Harbour Street", "Linden Lodge"][rawValue] }
    var address: String { ["12 Harbour Street, Kingsport", "4 Linden Way, Kingsport"][rawValue] }

    /// Name, people, features; the first is offered first.
    var rooms: [(name: String, people: UInt32, features: [String])] {
        switch self {
        case .harbour:
            [("Oak", 2, ["wheelchair"]), ("Elm", 2, []), ("Cedar", 3, ["wheelchair"]), ("Willow", 4, ["play_room"])]
        case .linden: [("Larch", 2, []), ("Maple", 3, ["wheelchair"]), ("Aspen", 3, [])]
        }
    }
}

/// The ids of what was founded.
struct House: Sendable {
    var staff: [Member: UInt64] = [:]
    var places: [DemoPlace: UInt64] = [:]
    var services: [DemoService: UInt64] = [:]
}
