import LMDBKit
import Schema
import Timetable

/// Who could meet a wish, and when they are there.
struct SlotTherapists {
    private let wish: SlotWish
    private let span: Span
    private let view: CalendarView
    private let sites: SlotSites

    /// - Parameter span: the dates of the wish, in any of its zones.
    init(for wish: SlotWish, during span: Span, from view: CalendarView, at sites: SlotSites) {
        self.wish = wish
        self.span = span
        self.view = view
        self.sites = sites
    }

    func candidates(in transaction: borrowing ReadTransaction) throws -> [CandidateTherapist] {
        var candidates: [CandidateTherapist] = []
        for id in try staff(in: transaction) {
            let offers = try view.offers.get(id, in: transaction) ?? StaffServicesSet()
            // Whoever never said what they offer offers everything.
            guard offers.services.isEmpty || offers.services.contains(wish.serviceID) else { continue }
            guard try takes(id, offers, in: transaction) else { continue }
            let openings = try StaffOpenings(of: id, during: span.widened(days: 3), from: view, in: transaction)
            let present = sites.entries.indices.filter { index in
                let site = sites.entries[index]
                let works = site.hoursAt.map { offers.locations.isEmpty || offers.locations.contains($0) } ?? true
                return works && openings.isPresent(at: site.hoursAt)
            }
            if present.isEmpty { continue }
            let caps = Caps(offers)
            // The longest session and gap come to less than a day; caps count whole weeks.
            let occupancies = try view.diary(
                of: .staff(id), during: span.widened(days: caps.isUnlimited ? 3 : 10), in: transaction)
            // One candidate a site, since the days that caps count are those of the site's zone.
            candidates += present.map { candidate(id, offers, caps, at: $0, openings, occupancies) }
        }
        return candidates
    }

    private func staff(in transaction: borrowing ReadTransaction) throws -> [UInt64] {
        if let named = wish.staff { return named }
        var found: [UInt64] = []
        try view.staff.scanAll(in: transaction) { id, _ in
            found.append(id)
            return .next
        }
        return found
    }

    private func candidate(
        _ id: UInt64, _ offers: StaffServicesSet, _ caps: Caps, at index: Int, _ openings: StaffOpenings,
        _ occupancies: [Occupancy]
    ) -> CandidateTherapist {
        let site = sites.entries[index]
        let zone = site.hoursAt == nil ? Zone(offers.homeZone) ?? site.zone : site.zone
        // Two zones' dates lie up to two days apart.
        let from = wish.range.from.adding(days: -2) ?? .min
        let to = wish.request.openUntil.adding(days: 2) ?? .max
        let open = openings.openings(at: site.hoursAt, zone: zone).open(for: wish.request.wish, from: from, to: to)
        let travelMinutes = Int(wish.practice.policy.defaultTravelMinutes)
        return CandidateTherapist(
            id: id, isPrimary: isPrimary(id),
            presences: [CandidateTherapist.Presence(siteIndex: index, open: open, place: site.place)],
            occupancies: occupancies,
            travel: Travel(worksOnlineFrom: offers.hasWorksOnlineFrom ? offers.worksOnlineFrom : nil) { _, _ in
                travelMinutes
            },
            caps: caps, zone: zone)
    }

    /// Whether they take the client: any, unless they take no new ones and this one is new to them.
    private func takes(
        _ id: UInt64, _ offers: StaffServicesSet, in transaction: borrowing ReadTransaction
    ) throws -> Bool {
        guard !offers.takesNewClients, let client = wish.client, let clientID = wish.clientID else { return true }
        if client.team.contains(id) { return true }
        var isKnown = false
        try view.entries.scan(prefix: CalendarOwner.client(clientID), in: transaction) { key, entry in
            guard entry.occupies else { return .next }
            isKnown = try view.appointments.get(key.second.second, in: transaction)?.staff == id
            return isKnown ? .stop : .next
        }
        return isKnown
    }

    private func isPrimary(_ staff: UInt64) -> Bool {
        wish.client?.primaries.contains { place in
            place.staff == staff && place.fromAt <= wish.request.nowMs
                && (!place.hasUntilAt || wish.request.nowMs < place.untilAt)
        } ?? false
    }
}
