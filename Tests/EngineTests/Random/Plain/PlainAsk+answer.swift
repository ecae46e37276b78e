import Clinic
import Schema

/// Whether an answer is the one that the plain rules give too.
extension PlainAsk {
    /// Why it should not have been granted; nil when nothing is known against it.
    func objection(toGranting reply: Reply) -> String? {
        if !["InitialisePractice", "CompleteEnrolment"].contains(name), permitting.isEmpty {
            return "INV-STAFF-09: granted to \(callerRoles)"
        }
        if let expecting = number("expecting"), let thing = visit?.id ?? number("client"),
            clinic.changed[thing] ?? 0 > expecting
        {
            return "INV-SYS-05: it had changed since \(expecting)"
        }
        if command is RegisterClient || command is UpdateClientDetails {
            if isUnborn { return "INV-CLI-02: not born yet" }
            if lacksConsent { return "INV-CLI-06: a minor without consent" }
        }
        if let reason = documentReasons?.min() { return "granted in spite of \(reason)" }
        guard let wish, let conflicts else { return nil }
        if Set(reply.overridden.map { Descriptors.word($0) }) != Set(conflicts.map(\.kind)) {
            return "INV-SCHED-19: granted in spite of \(conflicts.map(\.sentence).sorted())"
        }
        let room = clinic.room(for: wish)?.room
        if (reply.hasRoom ? reply.room : nil) != room { return "INV-SCHED-04: another room than \(room ?? 0)" }
        return nil
    }

    /// Why it should not have been refused so; nil when the plain rules know a reason too, or know nothing of it.
    func objection(to refusal: Refusal) -> String? {
        if !refusal.facts.conflicts.isEmpty || !refusal.facts.classes.isEmpty, refusal.facts.classes != ["capacity"] {
            return objection(toConflicts: refusal)
        }
        if let reasons = documentReasons { return objection(to: refusal, reasons) }
        let isJustified: Bool =
            switch refusal.kind {
            case .problem(let problem): isProblem(problem, refusal)
            case .rule(let rule): isBroken(rule, refusal)
            }
        return isJustified ? nil : "refused for no reason: \(refusal.type) \(refusal.facts.field ?? "")"
    }

    private func objection(toConflicts refusal: Refusal) -> String? {
        // Of one that is reassigned, the rest of the command decides what is in the way.
        if command is ApproveTimeOff { return nil }
        guard let conflicts else { return "refused for conflicts, and there is no wish" }
        let classes = Set(conflicts.map(\.kind))
        let others = Set(conflicts.compactMap(\.other))
        guard classes == Set(refusal.facts.classes), others == Set(refusal.facts.conflicts) else {
            return "refused for \(refusal.facts.classes) with \(refusal.facts.conflicts) instead of "
                + "\(conflicts.map(\.sentence).sorted())"
        }
        return isOverridden(conflicts) ? "refused although all is overridden: \(classes.sorted())" : nil
    }

    /// INV-SCHED-19: whether whoever may has accepted all that is in the way, and says why.
    private func isOverridden(_ conflicts: Set<PlainConflict>) -> Bool {
        let accepted = value("override") as? [String] ?? []
        let isSupportive = wish?.isSupportive ?? false
        return text("overrideReason")?.contains { !$0.isWhitespace } ?? false
            && conflicts.allSatisfy { conflict in
                accepted.contains(conflict.kind)
                    && clinic.mayOverride(
                        conflict, isSupportive: isSupportive, callerRoles, isOwn: wish?.staff == caller)
            }
    }

    private func isProblem(_ problem: String, _ refusal: Refusal) -> Bool {
        switch problem {
        case "unknown-caller": caller == nil
        case "not-permitted": permitting.isEmpty || isForbiddenBeside
        case "not-found": isMissing(refusal.facts.field ?? "")
        case "malformed": !isSensible
        case "changed":
            number("expecting").map { $0 < clinic.changed[visit?.id ?? number("client") ?? 0] ?? 0 } ?? false
        case "unchanged": isUnchanged
        case "not-clinical":
            clinic.staff[carer ?? 0].map {
                $0.roles(atMs: nowMs).isDisjoint(with: [.therapist, .supervisor, .trainee])
            }
                ?? false
        case "not-offered": isNotOffered
        case "own-door": uid != nil && number("link").flatMap { clinic.links[$0] }?.uid == uid
        default: false
        }
    }

    /// What is forbidden to one whose role would permit it.
    private var isForbiddenBeside: Bool {
        switch command {
        case let command as IssueToken: command.hasStaff && command.staff != caller && !manages
        // Whether there is such a token is no affair of theirs.
        case let command as RevokeToken: clinic.tokens[command.token]?.staff != caller && !manages
        case is RescheduleAppointment: wish.map { $0.staff != caller } ?? false
        case is AssignCareTeamMember: permitting.first == .frontDesk
        default: false
        }
    }

    private var manages: Bool { !callerRoles.isDisjoint(with: [.owner, .practiceManager]) }

    /// Who is to care for a client, or nobody who is named.
    private var carer: UInt64? { number("staff") ?? number("primaryTherapist") }

    private func isMissing(_ field: String) -> Bool {
        guard let id = number(field), let last = field.split(whereSeparator: { ".[]0123456789".contains($0) }).last,
            let kind = RandomWorld.kind(ofField: String(last))
        else { return field == "taxCode" && text(field).map { clinic.books.rates[$0] == nil } ?? false }
        return switch kind {
        case "client": clinic.clients[id] == nil
        case "staff": clinic.staff[id] == nil
        case "service": clinic.services[id] == nil
        case "location": clinic.locations[id] == nil
        case "room": clinic.rooms[id] == nil
        case "appointment": clinic.visits[id] == nil
        case "timeOff": clinic.absences[id] == nil
        case "token": clinic.tokens[id] == nil && manages
        case "link": clinic.links[id] == nil
        default: false
        }
    }

    private var isUnchanged: Bool {
        switch command {
        case let command as AssignRole: clinic.staff[command.staff]?.given[command.role] == roleEndMs
        case let command as RevokeRole: clinic.staff[command.staff].map { $0.given[command.role] == nil } ?? false
        case let command as RevokeToken: clinic.tokens[command.token]?.isRevoked ?? false
        case let command as ApproveTimeOff: clinic.absences[command.timeOff]?.isApproved ?? false
        case let command as LinkSocketUser:
            clinic.newestLink(of: command.uid)?.staff == command.staff
        case is RescheduleAppointment: visit.map { isAsItWas($0.visit) } ?? false
        case is UpdateClientDetails, is SetStaffServices, is SetWeeklyHours, is CompleteEnrolment: true
        default: false
        }
    }

    /// When the role that is given ends by itself.
    var roleEndMs: Int64 {
        text("until").flatMap { PlainTime.day($0) }.map { PlainTime.ms(day: $0, minute: 0, clinic.zone) } ?? .max
    }

    private func isAsItWas(_ visit: PlainClinic.Visit) -> Bool {
        guard let wish else { return false }
        return wish.staff == visit.place.staff && wish.modality == visit.place.modality
            && wish.location == (visit.place.hasLocation ? visit.place.location : nil)
            && wish.startMs == visit.startMs && wish.endMs == visit.endMs
            && (wish.room == nil || visit.place.hasRoom && wish.room == visit.place.room)
    }

    private var isNotOffered: Bool {
        let staff = wish?.staff ?? number("staff")
        if command is ApproveTimeOff { return true }
        guard let member = staff.flatMap({ clinic.staff[$0] }) else { return false }
        let offers = member.offers
        let service = visit?.visit.service ?? number("service") ?? 0
        if !offers.services.isEmpty, !offers.services.contains(service) { return true }
        if !offers.locations.isEmpty, let location = wish?.location ?? number("location"),
            !offers.locations.contains(location)
        {
            return true
        }
        guard offers.staff != 0, !offers.acceptsNew, let client = visit?.visit.client ?? number("client") else {
            return false
        }
        let isKnown =
            clinic.clients[client]?.seats.contains { $0.staff == staff } ?? false
            || clinic.visits.values.contains { $0.client == client && $0.place.staff == staff && $0.occupies }
        return !isKnown
    }
}
