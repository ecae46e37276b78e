/// The minutes between two locations, as a practice knows them: symmetrical or not, 0 where it says nothing.
public typealias TravelMinutes = (_ from: UInt64, _ to: UInt64) -> Int

/// The way a therapist must go between two places.
public struct Travel {
    private let minutes: TravelMinutes
    private let worksOnlineFrom: UInt64?

    /// `worksOnlineFrom` is the location in which the therapist sits for online and telephone sessions; nil when that
    /// can be anywhere.
    public init(worksOnlineFrom: UInt64? = nil, minutes: @escaping TravelMinutes) {
        self.minutes = minutes
        self.worksOnlineFrom = worksOnlineFrom
    }

    /// Nobody travels.
    public static var none: Travel { Travel { _, _ in 0 } }

    /// Minutes from one place to the other, 0 to 720.
    ///
    /// Home visits carry their own way, in both directions; between two of them the longer one counts.
    public func minutes(from: Place, to: Place) -> Int {
        switch (from, to) {
        case (.home(let first), .home(let second)): Occupancy.bounded(max(first, second))
        case (.home(let own), _), (_, .home(let own)): Occupancy.bounded(own)
        default: between(location(of: from), location(of: to))
        }
    }

    private func between(_ from: UInt64?, _ to: UInt64?) -> Int {
        guard let from, let to, from != to else { return 0 }
        return Occupancy.bounded(minutes(from, to))
    }

    private func location(of place: Place) -> UInt64? {
        switch place {
        case .location(let id): id
        case .online, .phone: worksOnlineFrom
        case .home: nil
        }
    }
}
