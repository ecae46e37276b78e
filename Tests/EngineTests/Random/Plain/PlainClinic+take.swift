import Schema

extension PlainClinic {
    /// Folds one record in.
    mutating func take(_ recorded: Recorded) {
        size += 1
        latestMs = recorded.header.recordedAt
        for subject in Set(recorded.header.subjects.map(\.id)) { about[subject, default: []].append(recorded.position) }
        if recorded.header.actor.kind != .import {
            touched.formUnion(
                recorded.header.subjects.filter { $0.kind == .client || $0.kind == .appointment }.map(\.id))
        }
        changed[recorded.position] = recorded.position
        clinicalKeys.formUnion(recorded.header.keys.filter { $0.category == .clinical }.map(\.person))
        switch recorded.event {
        case .practice(let event): take(event, recorded.position)
        case .staff(let event): take(event, recorded.position)
        case .places(let event): take(event, recorded.position)
        case .clients(let event): take(event, recorded.position)
        case .availability(let event): take(event, recorded)
        case .scheduling(let event): take(event, recorded)
        case .charting(let event): take(event, recorded)
        case .billing(let event): books.take(event, at: recorded.position)
        case .access(let event): take(event, recorded.position)
        case .interchange(let event): take(event, recorded.position)
        }
    }

    private mutating func take(_ event: PracticeEvent, _ position: UInt64) {
        switch event {
        case .practiceInitialised(let event):
            (practice, practiceAt) = (event, position)
            policyAt = position
        case .clockAccepted: break
        case .practiceProfileUpdated(let event): (profile, profileAt) = (event, position)
        case .cancellationPolicyPublished(let event):
            policies[position] = event
            policyAt = position
        }
    }

    private mutating func take(_ event: StaffEvent, _ position: UInt64) {
        switch event {
        case .staffAdded(let event): staff[position] = Member(email: event.email)
        case .roleAssigned(let event):
            staff[event.staff]?.given[event.role] = event.hasUntilAt ? event.untilAt : .max
            changed[event.staff] = position
        case .roleRevoked(let event):
            staff[event.staff]?.given[event.role] = nil
            staff[event.staff]?.formerRoles.insert(event.role)
            changed[event.staff] = position
        case .staffServicesSet(let event):
            staff[event.staff]?.offers = event
            changed[event.staff] = position
        }
    }

    private mutating func take(_ event: PlacesEvent, _ position: UInt64) {
        switch event {
        case .locationAdded(let event): locations[position] = event
        case .roomAdded(let event): rooms[position] = event
        case .serviceDefined(let event): services[position] = event
        case .priceListPublished(let event):
            let day = PlainTime.day(event.effectiveFrom) ?? 0
            prices += event.prices.map { ($0.service, day, position, $0.amount) }
        }
    }

    private mutating func take(_ event: ClientsEvent, _ position: UInt64) {
        switch event {
        case .clientRegistered(let event):
            clients[position] = Person(
                number: event.number, jurisdiction: event.jurisdiction, source: event.source,
                minorUntilMs: event.minor ? event.majorityAt : nil)
        case .clientDetailsUpdated(let event):
            if event.hasJurisdiction { clients[event.client]?.jurisdiction = event.jurisdiction }
            if event.hasMinor { clients[event.client]?.minorUntilMs = event.minor ? event.majorityAt : nil }
            changed[event.client] = position
        case .careTeamMemberAssigned(let event):
            var seats = clients[event.client]?.seats ?? []
            if event.role == .primary {
                for index in seats.indices where seats[index].role == .primary {
                    seats[index].untilMs = min(seats[index].untilMs, event.fromAt)
                }
            }
            let untilMs = event.hasUntilAt ? event.untilAt : .max
            seats.append(Seat(staff: event.staff, role: event.role, fromMs: event.fromAt, untilMs: untilMs))
            clients[event.client]?.seats = seats.filter { $0.fromMs < $0.untilMs }
            changed[event.client] = position
        }
    }

    private mutating func take(_ event: AvailabilityEvent, _ recorded: Recorded) {
        switch event {
        case .weeklyHoursSet(let event): add(event)
        case .extraOpeningAdded(let event): openings.append(event)
        case .timeOffRequested(let event):
            absences[recorded.position] = Absence(
                staff: event.staff, startMs: event.time.startAt, endMs: event.time.endAt,
                requestedBy: recorded.header.actor.id)
        case .timeOffApproved(let event): absences[event.timeOff]?.isApproved = true
        }
    }

    mutating func add(_ hours: WeeklyHoursSet) {
        weeks[hours.staff, default: []].append((PlainTime.day(hours.effectiveFrom) ?? 0, hours))
    }

    private mutating func take(_ event: AccessEvent, _ position: UInt64) {
        switch event {
        case .socketUserLinked(let event):
            link(Link(uid: event.uid, staff: event.staff, awaitsHolder: event.awaitsHolder), at: position)
        case .tokenIssued(let event):
            tokens[position] = Token(
                staff: event.staff, sha256: [UInt8](event.sha256), expiresAtMs: event.expiresAt,
                awaitsHolder: event.awaitsHolder)
        case .tokenRevoked(let event): tokens[event.token]?.isRevoked = true
        case .enrolmentCompleted(let event):
            if event.hasLink, var offer = links[event.link] {
                offer.awaitsHolder = false
                link(offer, at: event.link)
            }
            if event.hasToken {
                tokens[event.token]?.awaitsHolder = false
                tokens[event.token]?.sha256 = [UInt8](event.sha256)
            }
        case .ownerRecovered(let event):
            link(Link(uid: event.uid, staff: event.staff, awaitsHolder: false), at: position)
        case .socketUserUnlinked(let event):
            links[event.link] = nil
            changed[event.link] = position
        case .recordAccessed, .accessDenied: break
        }
    }

    /// An offer stands beside the link there is; a link takes the place of both.
    private mutating func link(_ link: Link, at id: UInt64) {
        links = links.filter { $0.value.uid != link.uid || link.awaitsHolder && !$0.value.awaitsHolder }
        links[id] = link
    }

    private mutating func take(_ event: InterchangeEvent, _ position: UInt64) {
        switch event {
        case .importApplied(let event):
            let before = imports.filter { $0.value.source == event.source }.map(\.key).max()
            imports[position] = Import(source: event.source, after: before)
        case .importUndone(let event):
            for client in event.clients {
                clients[client]?.isWithdrawn = true
                changed[client] = position
            }
        }
    }
}
