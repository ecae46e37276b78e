import Foundation
import Schema

/// The life of an appointment, T1 to T20.
extension PlainModel {
    mutating func check(_ event: SchedulingEvent, _ recorded: Recorded) {
        let nowMs = recorded.header.recordedAt
        switch event {
        case .appointmentBooked(let event): check(event, recorded)
        case .appointmentRescheduled(let event): check(event, recorded)
        case .appointmentConfirmed(let event):
            step(event.appointment, recorded, from: [.booked])
            require(nowMs < clinic.visits[event.appointment]?.startMs ?? 0, "INV-SCHED-08: confirmed after the start")
        case .appointmentCancelled(let event): check(event, recorded)
        case .clientCheckedIn(let event):
            step(event.appointment, recorded, from: [.booked, .confirmed])
            guard let visit = clinic.visits[event.appointment] else { return }
            require(
                visit.startMs - 7_200_000 <= nowMs && nowMs < visit.endMs, "INV-SCHED-14: checked in at the wrong time")
        case .sessionStarted(let event):
            step(event.appointment, recorded, from: [.booked, .confirmed, .arrived])
            check(event, nowMs)
        case .sessionEnded(let event):
            step(event.appointment, recorded, from: [.inSession])
            let startedAtMs = clinic.visits[event.appointment]?.startedAtMs ?? 0
            checkTimes(startedAtMs, event.endedAt, nowMs)
            awaitCharge(clinic.sessionCharge(of: event.appointment, startedAtMs: startedAtMs), recorded)
        case .sessionRecordedRetrospectively(let event):
            step(event.appointment, recorded, from: [.booked, .confirmed, .arrived])
            require(nowMs >= clinic.visits[event.appointment]?.startMs ?? .max, "INV-SCHED-27: held before its start")
            checkTimes(event.startedAt, event.endedAt, nowMs)
            awaitCharge(clinic.sessionCharge(of: event.appointment, startedAtMs: event.startedAt), recorded)
        case .appointmentMarkedNoShow(let event):
            step(event.appointment, recorded, from: [.booked, .confirmed])
            require(
                nowMs >= (clinic.visits[event.appointment]?.startMs ?? .max - 900_000) + 900_000,
                "INV-SCHED-15: a no-show within the grace")
            awaitCharge(clinic.fee(.noShow, of: event.appointment), recorded)
        case .appointmentMarkedEnteredInError(let event):
            require(
                clinic.visits[event.appointment].map { $0.status != .enteredInError } ?? false,
                "INV-SCHED-08: entered in error twice")
            check(event, recorded)
        case .conflictOverridden(let event): check(event, recorded)
        }
    }

    private mutating func step(_ id: UInt64, _ recorded: Recorded, from: [AppointmentStatus.Value]) {
        guard let visit = clinic.visits[id] else {
            broken.append("INV-SCHED-08: there is no appointment \(id)")
            return
        }
        require(from.contains(visit.status), "INV-SCHED-08: from \(visit.status)")
        let subjects = recorded.header.subjects
        for (kind, thing) in [(Subject.Kind.appointment, id), (.client, visit.client), (.staff, visit.place.staff)] {
            require(subjects.contains { $0.kind == kind && $0.id == thing }, "not filed under \(kind) \(thing)")
        }
    }

    private mutating func check(_ event: AppointmentBooked, _ recorded: Recorded) {
        require(event.policy == clinic.policyAt, "INV-SCHED-12: another policy")
        require(clinic.clients[event.client]?.isWithdrawn == false, "INV-CLI-04: for nobody")
        checkPlace(event.arrangement, of: event.client, service: event.service, recorded)
        guard !isImport(recorded) else {
            require(
                !clinic.visits.values.contains {
                    $0.source == event.source && $0.status != .enteredInError
                }, "INV-IMP-02: a row founded two")
            imported.append(recorded.position)
            return
        }
        let time = event.arrangement.time
        let day = PlainTime.day(time.startLocal.prefix(10)) ?? 0
        let price = clinic.price(of: event.service, on: day)
        require(
            event.hasPrice == (price != nil) && price.map { $0 == (event.price, event.priceList) } ?? true,
            "INV-SCHED-12: another price")
        checkLength(time)
        let nowMs = recorded.header.recordedAt
        if event.retrospective {
            require(
                (nowMs - 30 * PlainTime.dayMs...nowMs).contains(time.startAt)
                    && !roles(recorded).isDisjoint(with: [.therapist, .practiceManager, .owner]),
                "INV-SCHED-09: entered afterwards")
        } else {
            require(time.startAt > nowMs, "INV-SCHED-09: in the past")
        }
        let visit = PlainClinic.Visit(
            client: event.client, service: event.service, place: event.arrangement, isSupportive: event.supportive,
            source: event.source)
        unsettled[recorded.position] = allConflicts(of: recorded.position, visit, isImport: false)
    }

    private mutating func check(_ event: AppointmentRescheduled, _ recorded: Recorded) {
        step(event.appointment, recorded, from: [.booked, .confirmed])
        guard var visit = clinic.visits[event.appointment] else { return }
        require(event.revision == visit.revision + 1, "INV-SCHED-13: revision \(event.revision)")
        checkPlace(event.arrangement, of: visit.client, service: visit.service, recorded)
        let (before, after) = (visit.place.time, event.arrangement.time)
        checkLength(after, since: before)
        require(after.startAt > recorded.header.recordedAt, "INV-SCHED-09: moved to the past")
        let days = [before, after].map { PlainTime.monday(PlainTime.day($0.startLocal.prefix(10)) ?? 0) }
        let isLate =
            event.by == .client && before.startAt - event.noticeAt < clinic.lateWindowMs(of: visit)
            && days[0] != days[1]
        require(event.late == isLate, "INV-SCHED-16: late is \(event.late)")
        if isLate { awaitCharge(clinic.fee(.lateCancel, of: event.appointment), recorded) }
        if recorded.header.index > 0 { resolve(event.appointment, .reassign, to: event.arrangement.staff) }
        visit.place = event.arrangement
        unsettled[event.appointment] = allConflicts(of: event.appointment, visit, isImport: false)
    }

    private mutating func check(_ event: AppointmentCancelled, _ recorded: Recorded) {
        guard !isImport(recorded) else { return }
        step(event.appointment, recorded, from: [.booked, .confirmed, .arrived])
        guard let visit = clinic.visits[event.appointment] else { return }
        let isLate = event.by == .client && visit.startMs - event.noticeAt < clinic.lateWindowMs(of: visit)
        require(event.late == isLate, "INV-SCHED-16: late is \(event.late)")
        if isLate { awaitCharge(clinic.fee(.lateCancel, of: event.appointment, reason: event.reason), recorded) }
        require(event.leadMs == visit.startMs - event.noticeAt, "INV-SCHED-16: the lead")
        if recorded.header.index > 0 { resolve(event.appointment, .cancel) }
    }

    private mutating func resolve(_ id: UInt64, _ action: TimeOffResolution.Action, to staff: UInt64 = 0) {
        let index = unresolved.firstIndex { $0.appointment == id && $0.action == action && $0.staff == staff }
        require(index != nil, "INV-AVAIL-06: \(id) was not to be resolved so")
        if let index { unresolved.remove(at: index) }
    }

    private mutating func check(_ event: SessionStarted, _ nowMs: Int64) {
        guard let visit = clinic.visits[event.appointment] else { return }
        require(nowMs >= visit.startMs - 1_800_000 && event.startedAt == nowMs, "INV-SCHED-08: started too early")
        let isOnline = visit.place.modality == .online
        require(
            !isOnline || event.hasClientPlace && !event.clientJurisdiction.isEmpty, "INV-SCHED-22: where is the client")
    }

    private mutating func checkTimes(_ startedAt: Int64, _ endedAt: Int64, _ nowMs: Int64) {
        require(
            startedAt < endedAt && endedAt <= nowMs && endedAt - startedAt <= 8 * 3_600_000,
            "INV-SESS-02: from \(startedAt) to \(endedAt)")
    }

    /// INV-SCHED-19.
    private mutating func check(_ event: ConflictOverridden, _ recorded: Recorded) {
        let conflicts = unsettled.removeValue(forKey: event.appointment) ?? []
        let words = Set(event.classes.map { Descriptors.word($0) })
        require(words == Set(conflicts.map(\.kind)), "INV-SCHED-19: \(words) instead of \(conflicts.map(\.sentence))")
        require(Set(event.others) == Set(conflicts.compactMap(\.other)), "INV-SCHED-19: others \(event.others)")
        require(event.hasReason, "INV-SCHED-19: no reason")
        let roles = roles(recorded)
        let staff = clinic.visits[event.appointment]?.place.staff
        for conflict in conflicts {
            require(
                clinic.mayOverride(
                    conflict, isSupportive: clinic.visits[event.appointment]?.isSupportive ?? false, roles,
                    isOwn: staff == recorded.header.actor.id), "INV-SCHED-19: \(conflict.kind) by \(roles)")
        }
    }
}

extension PlainClinic {
    func mayOverride(_ conflict: PlainConflict, isSupportive: Bool, _ roles: Set<Role.Value>, isOwn: Bool) -> Bool {
        let manages = !roles.isDisjoint(with: [.owner, .practiceManager])
        switch conflict.kind {
        case "therapist_overlap": return manages
        case "client_overlap":
            return manages && (isSupportive || conflict.other.flatMap { visits[$0]?.isSupportive } ?? false)
        case "therapist_gap", "travel", "cap", "unavailable_hours", "unavailable_time_off":
            return manages || isOwn && !roles.isDisjoint(with: [.therapist, .supervisor])
        default: return false
        }
    }
}

extension Descriptors {
    /// The word of a class of conflict, from the published schema.
    static func word(_ kind: ConflictClass.Value) -> String {
        schema.enums.first { $0.fullName.hasSuffix("ConflictClass.Value") }?.values
            .first { $0.number == Int32(kind.rawValue) }?.word ?? "?"
    }
}
