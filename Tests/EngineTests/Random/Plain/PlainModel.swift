import Schema

/// The rules of a clinic once more, in the plainest way, from the events alone: what it finds has got past the engine.
struct PlainModel {
    var clinic = PlainClinic()
    var broken: [String] = []
    private var expected: (index: UInt32, count: UInt32)?
    /// What is in the way of appointments that this command has placed, until an override accepts it.
    var unsettled: [UInt64: Set<PlainConflict>] = [:]
    /// What an import has placed, which counts when its outcome is known.
    var imported: [UInt64] = []
    /// What is still to come of a time off that this command approves.
    var unresolved: [TimeOffResolution] = []
    /// What must still be charged, or taken back, for what this command did to an appointment.
    var awaited: [any Event] = []
    /// Whether this command moved money.
    var hasMovedMoney = false

    init() {}

    init(_ records: [Recorded]) {
        for recorded in records { take(recorded) }
        end()
    }

    mutating func take(_ recorded: Recorded) {
        let before = broken.count
        checkHeader(recorded)
        switch recorded.event {
        case .practice: break
        case .staff(let event): check(event, recorded)
        case .places(let event): check(event, recorded)
        case .clients(let event): check(event, recorded)
        case .availability(let event): check(event, recorded)
        case .scheduling(let event): check(event, recorded)
        case .charting(let event): check(event, recorded)
        case .billing(let event): check(event, recorded)
        case .access(let event): check(event, recorded)
        case .interchange(let event): check(event, recorded)
        }
        clinic.take(recorded)
        checkAfter(recorded)
        if recorded.header.index + 1 == recorded.header.count { settle() }
        for index in before..<max(before, broken.count) { broken[index] += " (\(recorded.type) \(recorded.position))" }
    }

    /// No command stops half way.
    mutating func end() {
        if let expected { broken.append("INV-SYS-06: the last command ends at \(expected.index) of \(expected.count)") }
        expected = nil
    }

    mutating func require(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { broken.append(what()) }
    }

    /// What whoever did it was then (INV-STAFF-09).
    func roles(_ recorded: Recorded) -> Set<Role.Value> {
        let header = recorded.header
        guard header.actor.kind == .staff || header.actor.kind == .import else { return [] }
        return clinic.roles(of: header.actor.id, atMs: header.recordedAt)
    }

    func isImport(_ recorded: Recorded) -> Bool { recorded.header.actor.kind == .import }

    private mutating func checkHeader(_ recorded: Recorded) {
        let header = recorded.header
        let size = clinic.size
        require(recorded.position == size, "INV-SYS-01: this stands at \(size)")
        require(header.recordedAt >= clinic.latestMs, "INV-SYS-03: it was recorded before what precedes it")
        let wanted = expected ?? (0, header.count)
        require(header.index == wanted.index && header.count == wanted.count, "INV-SYS-06: no \(wanted.index)")
        expected = header.index + 1 == header.count ? nil : (header.index + 1, header.count)
        let isAhead = [.priceListPublished, .weeklyHoursSet].contains(recorded.type)
        require(isAhead || header.effectiveAt <= header.recordedAt + 300_000, "INV-SYS-13: it is still to come")
        checkActor(recorded)
    }

    private mutating func checkActor(_ recorded: Recorded) {
        let actor = recorded.header.actor
        switch actor.kind {
        case .staff, .import:
            // The first command founds whoever sends it; whoever is turned away may be nobody.
            guard clinic.practiceAt != nil, clinic.size > 4, recorded.type != .accessDenied else { return }
            require(clinic.staff[actor.id] != nil, "INV-SYS-12: nobody did it")
            let role = recorded.header.role
            // Repeats of a look are counted until its window ends, whatever became of who looked.
            require(
                role == .unspecified || recorded.type == .recordAccessed || roles(recorded).contains(role),
                "INV-STAFF-09: in a role they do not have")
        case .system: require(!actor.reaction.isEmpty, "INV-SYS-12: for no reason")
        case .client, .unspecified, .UNRECOGNIZED: require(false, "INV-SYS-12: nobody did it")
        }
    }

    /// What must hold between two commands.
    private mutating func settle() {
        for id in imported {
            guard let visit = clinic.visits[id], visit.occupies else { continue }
            unsettled[id] = allConflicts(of: id, visit, isImport: true)
        }
        for (id, conflicts) in unsettled.sorted(by: { $0.key < $1.key }) {
            broken += conflicts.map(\.sentence).sorted().map { "\($0) of \(id)" }
        }
        require(unresolved.isEmpty, "INV-AVAIL-06: not all of a time off is resolved")
        for event in awaited { broken.append("INV-BILL-09: \(type(of: event).type) of an appointment did not follow") }
        if hasMovedMoney { checkBooks() }
        (unsettled, imported, unresolved, awaited, hasMovedMoney) = ([:], [], [], [], false)
        let hasOwner = clinic.staff.values.contains { $0.given[.owner] == .max }
        require(hasOwner || clinic.practiceAt == nil, "INV-STAFF-05: there is no owner")
    }

    /// All that is in the way of an appointment as it stands.
    func allConflicts(of id: UInt64, _ visit: PlainClinic.Visit, isImport: Bool) -> Set<PlainConflict> {
        let place = visit.place
        var wish = PlainWish(
            client: visit.client, staff: place.staff, service: visit.service, modality: place.modality,
            location: place.hasLocation ? place.location : nil, startMs: visit.startMs, endMs: visit.endMs, moving: id,
            bufferBeforeMinutes: place.bufferBeforeMinutes, bufferAfterMinutes: place.bufferAfterMinutes,
            isSupportive: visit.isSupportive)
        wish.isImport = isImport
        let rooms = place.hasRoom ? clinic.conflicts(of: wish, inRoom: place.room) : []
        return clinic.conflicts(of: wish).union(rooms)
    }
}

extension PlainConflict {
    var sentence: String {
        let rule =
            switch kind {
            case "therapist_overlap", "therapist_gap", "travel": "INV-SCHED-03"
            case "room_overlap", "capacity": "INV-SCHED-04"
            case "client_overlap": "INV-SCHED-05"
            case "cap": "INV-SCHED-21"
            default: "INV-SCHED-10"
            }
        return "\(rule): \(kind)" + (other.map { " with \($0)" } ?? "")
    }
}
