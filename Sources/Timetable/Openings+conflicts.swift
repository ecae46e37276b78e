extension Openings {
    /// Why the therapist is not open for all of `span` (INV-SCHED-10), or nothing.
    ///
    /// Time off and hours are told apart, for they are overridden by different people; both may apply.
    public func conflicts(of span: Span, for wish: OpeningWish) -> [Conflict] {
        var found: [Conflict] = []
        guard let (from, to) = dates(around: span) else { return [Conflict(.unavailableHours)] }
        if !openBeforeTimeOff(for: wish, from: from, to: to).contains(span) {
            found.append(Conflict(.unavailableHours))
        }
        if timeOff.overlaps(span) { found.append(Conflict(.unavailableTimeOff)) }
        return found
    }

    /// The dates that `span` touches.
    private func dates(around span: Span) -> (from: LocalDate, to: LocalDate)? {
        guard let from = zone.local(ofMs: span.startMs)?.date, let last = zone.local(ofMs: span.endMs)?.date,
            let to = last.adding(days: 1)
        else { return nil }
        return (from, to)
    }
}
