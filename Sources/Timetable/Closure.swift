/// Time for which a location is closed.
public struct Closure: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case holiday
        case closure
    }

    public enum Extent: Hashable, Sendable {
        case span(Span)
        /// Whole days of the location's calendar, `to` excluded.
        case dates(from: LocalDate, to: LocalDate)
    }

    public let kind: Kind
    public let extent: Extent

    public init(kind: Kind, extent: Extent) {
        self.kind = kind
        self.extent = extent
    }

    func span(in zone: Zone) -> Span? {
        switch extent {
        case .span(let span): span
        case .dates(let from, let to): zone.span(from: from, to: to)
        }
    }
}

/// Time opened beyond the weekly hours.
public struct ExtraOpening: Hashable, Sendable {
    public let span: Span
    /// Open even outside the location's hours and on days it is closed.
    public let overridesClosure: Bool
    public let offer: OpeningOffer

    public init(span: Span, overridesClosure: Bool, offer: OpeningOffer = .anything) {
        self.span = span
        self.overridesClosure = overridesClosure
        self.offer = offer
    }
}
