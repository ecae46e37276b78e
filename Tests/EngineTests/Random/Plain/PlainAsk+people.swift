import Clinic
import Foundation
import Schema

/// Whether a rule about people is broken indeed: who they are, and what they may give.
extension PlainAsk {
    func isPersonBroken(_ rule: String, _ refusal: Refusal) -> Bool {
        switch rule {
        case "INV-CFG-04": return clinic.practiceAt != nil
        case "INV-STAFF-01":
            let email = text("email")?.lowercased()
            return clinic.staff.values.contains { $0.email.lowercased() == email }
        case "INV-STAFF-05":
            let owners = clinic.staff.filter { $0.value.given[.owner] != nil }.map(\.key)
            return text("role") == "owner" && owners.count == 1 && owners.first == number("staff")
        case "INV-CLI-02":
            guard let born = text("dateOfBirth"), !born.isEmpty else { return true }
            return value("dateOfBirthUnknown") as? Bool == true || isUnborn
        case "INV-SYS-13":
            return text("at").flatMap { PlainTime.ms($0, clinic.zone) }.map { $0 > nowMs + 300_000 } ?? false
        case "INV-CLI-06": return lacksConsent
        case "INV-CLI-04":
            return refusal.facts.field.flatMap { number($0) }.flatMap { clinic.clients[$0] }?.isWithdrawn ?? false
        case "INV-CLI-05": return !refusal.facts.candidates.isEmpty && isLikely(refusal.facts.candidates)
        case "INV-TEAM-01":
            return isOnTeam
        case "INV-ACC-05": return isBeyond
        case "INV-ACC-08":
            let isLong = roleEndMs == .max || roleEndMs - nowMs > 366 * PlainTime.dayMs
            return givenRoles.contains("auditor") && (command is AddStaff || isLong)
        default: return false
        }
    }

    private var isOnTeam: Bool {
        func startMs(_ path: String) -> Int64? {
            text(path).flatMap { PlainTime.day($0) }.map { PlainTime.ms(day: $0, minute: 0, clinic.zone) }
        }
        let (fromMs, untilMs) = (startMs("from") ?? nowMs, startMs("until") ?? .max)
        return number("client").flatMap { clinic.clients[$0] }?.seats.contains {
            $0.staff == number("staff") && RandomField.word($0.role) == text("role") && $0.fromMs < untilMs
                && fromMs < $0.untilMs
        } ?? false
    }

    /// INV-CLI-05: they are named who are on file with the same, but for those whom the command names as others. What
    /// old sheets said of theirs is not known here.
    private func isLikely(_ candidates: [UInt64]) -> Bool {
        let named = (value("duplicatesAcknowledged") as? [NSNumber] ?? []).map(\.uint64Value)
        let registered = candidates.filter { clinic.clients[$0]?.isWithdrawn != false || !isImported($0) }
        return Set(registered) == Set(namesakes.filter { !isImported($0) }).subtracting(named)
            && Set(candidates).isDisjoint(with: named)
    }

    private func isImported(_ client: UInt64) -> Bool {
        clinic.clients[client].map { !$0.source.name.isEmpty } ?? false
    }

    private var today: Int { PlainTime.local(nowMs, clinic.zone).day }

    /// Whether the birth date is still to come.
    var isUnborn: Bool { text("dateOfBirth").flatMap { PlainTime.day($0) }.map { $0 > today } ?? false }

    /// INV-CLI-06: whether they are a minor, by the birth date that is said or else by the one on file, and nothing is
    /// said on what basis they consent.
    var lacksConsent: Bool {
        guard text("minorConsentBasis")?.isEmpty ?? true else { return false }
        guard let born = text("dateOfBirth") else {
            let minorUntilMs = number("client").flatMap { clinic.clients[$0] }?.minorUntilMs
            // No minor was registered without a basis, which stays until another is said.
            return minorUntilMs.map { nowMs < $0 } ?? false && text("minorConsentBasis") != nil
        }
        guard let year = Int(born.prefix(4)) else { return false }
        let ofAge = String(format: "%04d", year + Int(clinic.practice.policy.majorityYears)) + born.dropFirst(4)
        let wasMinor = number("client").flatMap { clinic.clients[$0] }?.minorUntilMs.map { nowMs < $0 } ?? false
        return PlainTime.day(ofAge).map { today < $0 } ?? false && !(wasMinor && text("minorConsentBasis") == nil)
    }

    /// Whether a place on the team would last longer than that of whoever gives it because they are on the team.
    private var outlastsGiver: Bool {
        guard let giver = permitting.first, giver == .therapist || giver == .supervisor else { return false }
        let untilMs = text("until").flatMap { PlainTime.day($0) }.map { PlainTime.ms(day: $0, minute: 0, clinic.zone) }
        let seats = number("client").flatMap { clinic.clients[$0] }?.seats ?? []
        let mine = seats.filter { $0.staff == caller && $0.fromMs <= nowMs && nowMs < $0.untilMs }.map(\.untilMs).max()
        return untilMs ?? .max > mine ?? 0
    }

    /// The roles that somebody is to get or lose, by their words.
    private var givenRoles: Set<String> {
        Set(value("roles") as? [String] ?? []).union([text("role")].compactMap { $0 })
    }

    /// Whose access is at stake: whoever has the token or the link, and whoever the user is linked to so far.
    private var holders: [UInt64?] {
        [
            number("token").flatMap { clinic.tokens[$0] }?.staff, number("link").flatMap { clinic.links[$0] }?.staff,
            number("uid").flatMap { clinic.newestLink(of: UInt32(truncatingIfNeeded: $0)) }?.staff,
        ]
    }

    private var isBeyond: Bool {
        let staff = number("staff")
        if command is AssignCareTeamMember { return staff == caller || outlastsGiver }
        if staff == caller { return true }
        let mine = callerRoles
        let given = givenRoles
        if !given.isDisjoint(with: ["owner", "auditor"]) { return !mine.contains(.owner) }
        let held = ([staff] + holders).flatMap { clinic.roles(of: $0, atMs: nowMs) }
        return held.contains { !clinic.mayGive($0, mine) }
    }
}
