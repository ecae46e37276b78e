import Schema

/// The rules of a clinic once more, in the plainest way, from the events alone: what it finds has got past the engine.
struct PlainModel {
    private struct Taken {
        var client: UInt64
        var place: Arrangement
        var occupies = true
    }

    private var appointments: [UInt64: Taken] = [:]
    /// Pairs of appointments whose clash was accepted.
    private var accepted: Set<[UInt64]> = []
    private var concurrent: [UInt64: Int] = [:]
    private var emails: Set<String> = []
    private var numbers: Set<String> = []
    private var codes: Set<String> = []
    private var primaries: [UInt64: [(from: Int64, until: Int64)]] = [:]
    private var latestMs: Int64 = 0
    private var expected: (index: UInt32, count: UInt32)?
    private(set) var broken: [String] = []

    init(_ records: [Recorded]) {
        for (position, recorded) in records.enumerated() {
            if recorded.position != UInt64(position) { broken.append("\(recorded.position) stands at \(position)") }
            checkHeader(recorded)
            take(recorded)
        }
        if let expected { broken.append("the last command ends at \(expected.index) of \(expected.count)") }
    }

    private mutating func checkHeader(_ recorded: Recorded) {
        let header = recorded.header
        if header.recordedAt < latestMs { broken.append("\(recorded.position) was recorded before what precedes it") }
        latestMs = header.recordedAt
        let wanted = expected ?? (0, header.count)
        if header.index != wanted.index || header.count != wanted.count {
            broken.append("\(recorded.position) is no \(wanted.index) of \(wanted.count)")
        }
        expected = header.index + 1 == header.count ? nil : (header.index + 1, header.count)
    }

    private mutating func take(_ recorded: Recorded) {
        switch recorded.event {
        case .scheduling(let event): take(event, recorded.position)
        case .places(.roomAdded(let room)): concurrent[recorded.position] = Int(room.concurrent)
        case .places(.serviceDefined(let service)):
            if !codes.insert(service.code.lowercased()).inserted { broken.append("INV-SVC: a code twice") }
        case .staff(.staffAdded(let staff)):
            if !emails.insert(staff.email.lowercased()).inserted { broken.append("INV-STAFF-01: an address twice") }
        case .clients(.clientRegistered(let client)):
            if !numbers.insert(client.number).inserted { broken.append("INV-CLI-01: a number twice") }
        case .clients(.careTeamMemberAssigned(let member)) where member.role == .primary: take(member)
        default: break
        }
    }

    private mutating func take(_ event: CareTeamMemberAssigned) {
        var places = primaries[event.client] ?? []
        for index in places.indices { places[index].until = min(places[index].until, event.fromAt) }
        let end = event.hasUntilAt ? event.untilAt : Int64.max
        if end <= event.fromAt { broken.append("INV-TEAM-02: a place without time") }
        places.append((event.fromAt, end))
        primaries[event.client] = places.filter { $0.from < $0.until }
    }

    private mutating func take(_ event: SchedulingEvent, _ position: UInt64) {
        switch event {
        case .appointmentBooked(let event):
            appointments[position] = Taken(client: event.client, place: event.arrangement)
            checkClashes(of: position)
        case .appointmentRescheduled(let event):
            appointments[event.appointment]?.place = event.arrangement
            checkClashes(of: event.appointment)
        case .conflictOverridden(let event):
            for other in event.others {
                accepted.insert([min(other, event.appointment), max(other, event.appointment)])
            }
            unsettled.removeAll { accepted.contains($0.pair) }
        case .appointmentCancelled(let event): free(event.appointment)
        case .appointmentMarkedNoShow(let event): free(event.appointment)
        // T20: from any status, one that takes up nothing too.
        case .appointmentMarkedEnteredInError(let event): appointments[event.appointment]?.occupies = false
        default: break
        }
    }

    private mutating func free(_ appointment: UInt64) {
        if appointments[appointment]?.occupies != true { broken.append("\(appointment) is freed twice") }
        appointments[appointment]?.occupies = false
    }

    /// Clashes whose acceptance may follow in the same command.
    private var unsettled: [(pair: [UInt64], what: String)] = []

    private mutating func checkClashes(of id: UInt64) {
        guard let one = appointments[id], one.occupies else { return }
        for (otherID, other) in appointments where otherID != id && other.occupies {
            guard Self.overlap(one.place, other.place) else { continue }
            let pair = [min(id, otherID), max(id, otherID)]
            if one.place.staff == other.place.staff { unsettled.append((pair, "INV-SCHED-03: \(pair)")) }
            if one.client == other.client { unsettled.append((pair, "INV-SCHED-04: \(pair)")) }
        }
        guard one.place.hasRoom else { return }
        let inRoom = appointments.values.filter {
            $0.occupies && $0.place.hasRoom && $0.place.room == one.place.room && Self.overlap($0.place, one.place)
        }
        // Counted at each start, where the most are in at once.
        let most =
            inRoom.map { start in
                inRoom.count {
                    $0.place.time.startAt <= start.place.time.startAt && start.place.time.startAt < $0.place.time.endAt
                }
            }.max() ?? 0
        if most > concurrent[one.place.room] ?? 1 { broken.append("INV-SCHED-05: \(id) in room \(one.place.room)") }
    }

    /// What is still without acceptance at the end.
    var clashes: [String] { unsettled.filter { !accepted.contains($0.pair) }.map(\.what) }

    private static func overlap(_ one: Arrangement, _ other: Arrangement) -> Bool {
        one.time.startAt < other.time.endAt && other.time.startAt < one.time.endAt
    }
}
