/// How large a demo clinic is.
public struct DemoSize: Sendable {
    /// At most as many as the cast has.
    public var therapists: Int
    public var clients: Int
    /// Weeks of sessions before today.
    public var weeksBefore: Int
    /// Weeks booked ahead.
    public var weeksAhead: Int

    public init(therapists: Int, clients: Int, weeksBefore: Int, weeksAhead: Int) {
        precondition((1...Cast.therapistNames.count).contains(therapists), "the cast has so many therapists")
        precondition((1...Names.count).contains(clients), "there are so many fictional names")
        precondition(weeksBefore > 0 && weeksAhead > 0, "a clinic has a past and a future")
        self.therapists = therapists
        self.clients = clients
        self.weeksBefore = weeksBefore
        self.weeksAhead = weeksAhead
    }

    /// Four therapists, 90 clients, a year and eight weeks.
    public static let practice = DemoSize(therapists: 4, clients: 90, weeksBefore: 52, weeksAhead: 8)
}
