import Foundation
import Schema

/// Where and when an appointment may be at all.
extension PlainModel {
    /// INV-SCHED-06, -23 and -25, INV-LOC-02.
    mutating func checkPlace(_ place: Arrangement, of client: UInt64, service id: UInt64, _ recorded: Recorded) {
        require(clinic.clients[client] != nil, "INV-SCHED-25: no client")
        require(clinic.staff[place.staff] != nil, "INV-SCHED-25: no therapist")
        guard let service = clinic.services[id] else {
            broken.append("INV-SCHED-25: no service")
            return
        }
        let location = place.hasLocation ? place.location : nil
        require(location.map { clinic.locations[$0] != nil } ?? true, "INV-SCHED-06: no such location")
        require(place.modality != .inPerson || location != nil, "INV-SCHED-06: in person nowhere")
        if place.hasRoom {
            require(clinic.rooms[place.room].map { $0.location == location } ?? false, "INV-LOC-02: a room elsewhere")
        }
        checkTime(place.time, at: location, isImport: isImport(recorded))
        guard !isImport(recorded) else { return }
        require(
            service.modalities.isEmpty || service.modalities.contains(place.modality), "INV-SCHED-06: not this way")
        switch clinic.roomUse(place.modality, at: location, service: id) {
        case .required: require(place.hasRoom, "INV-SCHED-06: no room")
        case .none: require(!place.hasRoom, "INV-SCHED-06: a room")
        case .allowed: break
        }
        if place.hasRoom {
            require(clinic.rooms[place.room]?.capacity ?? 0 >= service.people, "INV-SCHED-04: the room is too small")
        }
        let offers = clinic.staff[place.staff]?.offers ?? StaffServicesSet()
        require(offers.services.isEmpty || offers.services.contains(id), "not offered: the service")
        require(
            place.modality != .inPerson || offers.locations.isEmpty || offers.locations.contains(location ?? 0),
            "not offered: the location")
        require(
            place.bufferBeforeMinutes == service.bufferBeforeMinutes
                && place.bufferAfterMinutes == service.bufferAfterMinutes, "INV-SCHED-03: other buffers")
    }

    private mutating func checkTime(_ time: PlannedTime, at location: UInt64?, isImport: Bool) {
        let zone = PlainClinic.zone(time.zone)
        require(time.startAt < time.endAt, "INV-SCHED-01: it ends before it begins")
        require(PlainTime.reading(time.startAt, zone) == time.startLocal, "INV-SCHED-23: \(time.startLocal)")
        require(PlainTime.ms(time.startLocal, zone) == time.startAt, "INV-SCHED-23: not the first \(time.startLocal)")
        require(PlainTime.offsetSeconds(time.startAt, zone) == time.offsetSeconds, "INV-SCHED-23: the offset")
        guard !isImport else { return }
        let wanted = location.flatMap { clinic.locations[$0]?.zone } ?? clinic.practice.onlineZone
        require(time.zone == wanted, "INV-SCHED-23: by the clock of \(time.zone)")
    }

    /// INV-SCHED-01. What stays as it was before a move stays, whatever the grid.
    mutating func checkLength(_ time: PlannedTime, since before: PlannedTime? = nil) {
        let minutes = (time.endAt - time.startAt) / 60_000
        require((1...480).contains(minutes), "INV-SCHED-01: \(minutes) minutes")
        let isKept = before.map { $0.endAt - $0.startAt == time.endAt - time.startAt } ?? false
        require(isKept || minutes % 5 == 0, "INV-SCHED-01: \(minutes) minutes")
        let isOnGrid = (PlainTime.minute(time.startLocal.suffix(5)) ?? 1) % 5 == 0
        require(isOnGrid || before?.startAt == time.startAt, "INV-SCHED-01: at \(time.startLocal)")
    }

    mutating func check(_ event: PlacesEvent, _ recorded: Recorded) {
        switch event {
        case .locationAdded(let event):
            require(TimeZone(identifier: event.zone) != nil, "INV-LOC-01: \(event.zone)")
        case .roomAdded(let event):
            require(clinic.locations[event.location] != nil, "INV-LOC-02: a room nowhere")
            require(event.capacity >= 1 && event.concurrent >= 1, "INV-LOC-03: nobody fits in")
        case .serviceDefined(let event):
            let isTaken = clinic.services.values.contains { $0.code.lowercased() == event.code.lowercased() }
            require(!isTaken, "INV-SVC-01: a code twice")
            require((5...480).contains(event.minutes) && event.minutes % 5 == 0, "INV-SVC-01: \(event.minutes) minutes")
            require(
                event.cpt.isEmpty || PlainClinic.isBillingCode(event.cpt), "INV-SVC-04: \(event.cpt)")
        case .priceListPublished(let event):
            for price in event.prices {
                require(clinic.services[price.service] != nil, "INV-SVC-02: a price of nothing")
                require(price.amount.minor >= 0, "INV-SVC-02: a negative price")
                require(price.amount.currency == clinic.practice.currency, "INV-BILL-01: another currency")
            }
        }
    }

    mutating func check(_ event: AvailabilityEvent, _ recorded: Recorded) {
        switch event {
        case .weeklyHoursSet(let event):
            require(clinic.staff[event.staff] != nil, "hours of nobody")
            for block in event.blocks {
                let (from, to) = (PlainTime.minute(block.from) ?? 0, PlainTime.minute(block.to) ?? 0)
                require(from < to && to <= 1_440 && (1...7).contains(block.weekday), "INV-AVAIL-01: \(block)")
            }
        case .extraOpeningAdded(let event):
            require(event.time.startAt < event.time.endAt, "INV-AVAIL-01: an opening")
        case .timeOffRequested(let event):
            require(event.time.startAt < event.time.endAt, "INV-AVAIL-01: a time off")
            let affected = clinic.affected(
                event.staff, event.time.startAt, event.time.endAt, recorded.header.recordedAt)
            require(Set(event.affected) == affected, "INV-AVAIL-06: affected are \(affected.sorted())")
        case .timeOffApproved(let event): check(event, recorded)
        }
    }

    private mutating func check(_ event: TimeOffApproved, _ recorded: Recorded) {
        guard let absence = clinic.absences[event.timeOff], !absence.isApproved else {
            broken.append("INV-AVAIL-07: approved twice")
            return
        }
        let actor = recorded.header.actor.id
        require(
            actor != absence.requestedBy && actor != absence.staff || roles(recorded).contains(.owner)
                || clinic.staff.count == 1, "INV-AVAIL-07: approved by themselves")
        let affected = clinic.affected(absence.staff, absence.startMs, absence.endMs, recorded.header.recordedAt)
        let named = event.resolutions.map(\.appointment)
        require(named.sorted() == affected.sorted(), "INV-AVAIL-06: resolved are \(named)")
        unresolved = event.resolutions.filter { $0.action != .keep }
    }

    /// INV-AVAIL-02 and -03, once an event that opens something is folded in.
    mutating func checkAfter(_ recorded: Recorded) {
        let opened: (staff: UInt64, day: Int, until: Int)
        switch recorded.event {
        case .availability(.weeklyHoursSet(let event)):
            let day = PlainTime.day(event.effectiveFrom) ?? 0
            opened = (event.staff, day, day + 60)
        case .availability(.extraOpeningAdded(let event)):
            let day = Int(event.time.startAt / PlainTime.dayMs)
            opened = (event.staff, day - 1, day + 3)
        default: return
        }
        if let day = clinic.dayOfClash(opened.staff, from: opened.day, before: opened.until) {
            broken.append("INV-AVAIL-02: two places at once on \(PlainTime.text(day: day))")
        }
    }
}

extension PlainClinic {
    /// INV-SVC-04: as 90837, 0591T or H0004.
    static func isBillingCode(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4}/) != nil
    }

    /// The appointments still to come that somebody's time off affects.
    func affected(_ staff: UInt64, _ startMs: Int64, _ endMs: Int64, _ nowMs: Int64) -> Set<UInt64> {
        Set(
            visits.filter { _, visit in
                visit.place.staff == staff && visit.isOpen && visit.startMs > nowMs && visit.startMs < endMs
                    && startMs < visit.endMs
            }.keys)
    }
}
