/// The services, rooms and locations that the readable rows name, each once, in order of name.
///
/// Therapists are people and stand in the plan instead.
public struct SheetNames: Sendable, Hashable, Encodable {
    /// A service with the lengths and prices that occur, ascending.
    public struct Service: Sendable, Hashable, Encodable {
        public let name: String
        public let appointments: Int
        public let minutes: [Int]
        public let pricesMinorUnits: [Int64]

        enum CodingKeys: String, CodingKey {
            case name, appointments, minutes
            case pricesMinorUnits = "prices_minor_units"
        }
    }

    /// Anything else with a name; `appointments` counts the rows that name it.
    public struct Named: Sendable, Hashable, Encodable {
        public let name: String
        public let appointments: Int
    }

    public let services: [Service]
    public let rooms: [Named]
    public let locations: [Named]
    /// `$`, `EUR` …, as found beside prices. More than one asks for a closer look.
    public let currencyMarks: [String]

    enum CodingKeys: String, CodingKey {
        case services, rooms, locations
        case currencyMarks = "currency_marks"
    }

    init(_ appointments: [AppointmentRow]) {
        services = Self.groups(appointments) { $0.service }
            .map { name, rows in
                Service(
                    name: name, appointments: rows.count, minutes: Set(rows.map(\.minutes)).sorted(),
                    pricesMinorUnits: Set(rows.compactMap { $0.price?.minorUnits }).sorted())
            }
        rooms = Self.named(appointments) { $0.room }
        locations = Self.named(appointments) { $0.location }
        currencyMarks = Set(appointments.compactMap { $0.price?.currencyMark }).sorted()
    }

    /// Rows by name, under the spelling that comes first.
    private static func groups(
        _ rows: [AppointmentRow], _ name: (AppointmentRow) -> String?
    ) -> [(name: String, rows: [AppointmentRow])] {
        var groups: [String: (name: String, rows: [AppointmentRow])] = [:]
        for row in rows {
            if let name = name(row) { groups[name.nameKey, default: (name, [])].rows.append(row) }
        }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func named(_ rows: [AppointmentRow], _ name: (AppointmentRow) -> String?) -> [Named] {
        groups(rows, name).map { Named(name: $0.name, appointments: $0.rows.count) }
    }

    /// The therapists that both sheets name, under the spelling that comes first.
    static func therapists(_ clients: [ClientRow], _ appointments: [AppointmentRow]) -> [Named] {
        var counts: [String: Int] = [:]
        for row in appointments { counts[row.therapist.nameKey, default: 0] += 1 }
        var names: [String: String] = [:]
        for name in clients.compactMap(\.therapist) + appointments.map(\.therapist)
        where names[name.nameKey] == nil { names[name.nameKey] = name }
        return names.sorted { $0.key < $1.key }.map { Named(name: $0.value, appointments: counts[$0.key] ?? 0) }
    }
}
