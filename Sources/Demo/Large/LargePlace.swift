import Timetable

/// Where the large clinic works: four places in two zones, with three rooms each.
enum LargePlace: Int, CaseIterable, Sendable {
    case harbour, linden, prairie, lakeside

    var name: String { ["Harbour Street", "Linden Lodge", "Prairie House", "Lakeside"][rawValue] }

    var address: String {
        [
            "12 Harbour Street, Kingsport", "4 Linden Way, Kingsport", "88 Prairie Road, Fairmont",
            "1 Lakeside Drive, Fairmont",
        ][rawValue]
    }

    var zoneID: String { self == .harbour || self == .linden ? PracticeTime.zoneID : "America/Chicago" }

    /// All of them large enough for a couple and a therapist.
    static let rooms: [(name: String, people: UInt32)] = [("Oak", 3), ("Elm", 3), ("Cedar", 4)]
}
