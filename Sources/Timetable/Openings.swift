/// Everything that decides when one therapist is open at one site.
public struct Openings: Sendable {
    /// The location's zone; for online practice the therapist's own.
    public var zone: Zone
    public var weekly: HoursHistory
    public var extra: [ExtraOpening]
    public var closures: [Closure]
    /// The location's own hours; nil when it is always open, as online practice is. Dates before the first version
    /// count as open: nothing has been said about them.
    public var locationHours: HoursHistory?
    /// Of the therapist, wherever recorded.
    public var timeOff: SpanSet

    public init(
        zone: Zone, weekly: HoursHistory, extra: [ExtraOpening] = [], closures: [Closure] = [],
        locationHours: HoursHistory? = nil, timeOff: SpanSet = SpanSet()
    ) {
        self.zone = zone
        self.weekly = weekly
        self.extra = extra
        self.closures = closures
        self.locationHours = locationHours
        self.timeOff = timeOff
    }

    /// The time open for the wish on the dates `from` until before `to`:
    /// `((weekly ∪ extra₀) ∩ location hours − closures) ∪ extra₁ − time off`, where extra₁ overrides closures.
    ///
    /// Only what is in person is bound to the location's hours (INV-AVAIL-08); closures bind every modality.
    public func open(for wish: OpeningWish, from: LocalDate, to: LocalDate) -> SpanSet {
        open(inPerson: wish.modality == .inPerson, from, to) { $0.admits(wish) }.subtracting(timeOff)
    }

    /// As `open(for:from:to:)`, but as if the therapist had no time off.
    func openBeforeTimeOff(for wish: OpeningWish, from: LocalDate, to: LocalDate) -> SpanSet {
        open(inPerson: wish.modality == .inPerson, from, to) { $0.admits(wish) }
    }

    /// Open time by what it may be used for, one entry for each combination that occurs and one modality in each.
    /// Their order is that of their first opening.
    public func openByOffer(from: LocalDate, to: LocalDate) -> [(offer: OpeningOffer, open: SpanSet)] {
        var offers: Set<OpeningOffer> = []
        weekly.forEachBlock(from: from, through: to, in: zone) { block, _ in offers.insert(block.offer) }
        for opening in extra { offers.insert(opening.offer) }
        let single = Set(
            offers.flatMap { offer in
                offer.modalities.map {
                    OpeningOffer(services: offer.services, modalities: [$0], selfBook: offer.selfBook)
                }
            })
        return single.compactMap { wanted -> (offer: OpeningOffer, open: SpanSet)? in
            let open = open(inPerson: wanted.modalities.contains(.inPerson), from, to) { offer in
                offer.services == wanted.services && offer.selfBook == wanted.selfBook
                    && offer.modalities.isSuperset(of: wanted.modalities)
            }
            .subtracting(timeOff)
            return open.isEmpty ? nil : (wanted, open)
        }
        .sorted { $0.open.spans[0] == $1.open.spans[0] ? $0.offer < $1.offer : $0.open.spans[0] < $1.open.spans[0] }
    }

    private func open(
        inPerson: Bool, _ from: LocalDate, _ to: LocalDate, where admits: (OpeningOffer) -> Bool
    ) -> SpanSet {
        guard let bounds = zone.span(from: from, to: to), let last = to.adding(days: -1) else { return SpanSet() }
        var spans: [Span] = []
        weekly.forEachBlock(from: from, through: last, in: zone) { block, span in
            if admits(block.offer) { spans.append(span) }
        }
        spans += extra.filter { !$0.overridesClosure && admits($0.offer) }.map(\.span)
        var open = SpanSet(spans)
        if inPerson, let hours = hoursOfLocation(from: from, through: last) { open = open.intersection(hours) }
        open = open.subtracting(SpanSet(closures.compactMap { $0.span(in: zone) }))
        let overriding = extra.filter { $0.overridesClosure && admits($0.offer) }.map(\.span)
        return open.union(SpanSet(overriding)).clipped(to: bounds)
    }

    private func hoursOfLocation(from: LocalDate, through last: LocalDate) -> SpanSet? {
        guard let locationHours else { return nil }
        var spans: [Span] = []
        locationHours.forEachBlock(from: from, through: last, in: zone) { _, span in spans.append(span) }
        let firstDate = locationHours.versions.first?.effectiveFrom ?? .max
        if let unsaid = zone.span(from: from, to: min(firstDate, last.adding(days: 1) ?? .max)) { spans.append(unsaid) }
        return SpanSet(spans)
    }
}

extension OpeningOffer: Comparable {
    /// Any fixed order, so that equal input gives equal output.
    public static func < (left: OpeningOffer, right: OpeningOffer) -> Bool {
        let leftModalities = left.modalities.sorted()
        let rightModalities = right.modalities.sorted()
        if leftModalities != rightModalities { return leftModalities.lexicographicallyPrecedes(rightModalities) }
        if left.selfBook != right.selfBook { return right.selfBook }
        guard let leftServices = left.services?.sorted() else { return right.services != nil }
        guard let rightServices = right.services?.sorted() else { return false }
        return leftServices.lexicographicallyPrecedes(rightServices)
    }
}
