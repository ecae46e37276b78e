import Clinic
import Foundation
import Schema
import TestKit

extension Sensible {
    mutating func registration() -> Fields? {
        var texts = person()
        var fields: Fields = [:]
        if random.chance(15), let twin = pick(world.people.keys.sorted()), let known = world.people[twin] {
            texts.merge(known.filter { $0.key != "phone" }) { $1 }
        }
        if texts["email"] == nil, random.chance(90) {
            texts["email"] = "person\(Int.random(in: 0...99_999, using: &random))@example.org"
        }
        for (key, value) in texts { fields[key] = Self.quoted(value) }
        if random.chance(8) {
            fields["dateOfBirth"] = nil
            texts["dateOfBirth"] = nil
            fields["dateOfBirthUnknown"] = "true"
        }
        let like = world.namesakes(texts, except: nil)
        if !like.isEmpty, random.chance(60) {
            fields["duplicatesAcknowledged"] = "[\(like.map(String.init).joined(separator: ","))]"
        }
        fields["minorConsentBasis"] = random.chance(70) ? text() : nil
        if random.chance(50) { fields["jurisdiction"] = word(["DE-BE", "US-NY", "GB"]) }
        if random.chance(40), let therapist = pick(world.therapists) { fields["primaryTherapist"] = "\(therapist)" }
        for key in ["address", "remark"] where random.chance(30) { fields[key] = text() }
        return fields
    }

    private mutating func person() -> [String: String] {
        var texts = [
            "givenName": name(), "familyName": name(),
            "dateOfBirth": pick(["1990-02-03", "1985-11-30", "2015-06-01", "2001-01-01", "2008-02-29"]) ?? "",
        ]
        if random.chance(30) { texts["phone"] = "+49 30 \(Int.random(in: 1_000_000...9_999_999, using: &random))" }
        return texts
    }

    mutating func details() -> Fields? {
        guard let client = pick(world.clients) else { return nil }
        var fields: Fields = ["client": "\(client)"]
        var texts = person()
        texts["dateOfBirth"] = nil
        for (key, value) in texts.sorted(by: { $0.key < $1.key }) where random.chance(50) {
            fields[key] = Self.quoted(value)
        }
        fields[pick(["address", "remark", "minorConsentBasis"]) ?? "remark"] = text()
        if random.chance(20) { fields["email"] = "\"new\(Int.random(in: 0...99_999, using: &random))@example.org\"" }
        if random.chance(10) { fields["email"] = "\"\"" }
        if random.chance(10) { fields["dateOfBirth"] = word(["1990-02-03", "2015-06-01", ""]) }
        if fields["dateOfBirth"] != nil { fields["minorConsentBasis"] = text() }
        if random.chance(20) { fields["expecting"] = String(clinic.changed[client] ?? 0) }
        return fields
    }

    mutating func assignment() -> Fields? {
        let fit = world.staff(with: [.therapist, .supervisor, .trainee])
        // Now and then somebody whose time as a therapist is over.
        let over = clinic.staff.filter { !fit.contains($0.key) && $0.value.given[.therapist] != nil }.map(\.key)
            .sorted()
        guard let client = pick(Array(world.clients.suffix(random.chance(50) ? 3 : 60))),
            let staff = pick(!over.isEmpty && random.chance(30) ? over : fit)
        else { return nil }
        var fields: Fields = [
            "client": "\(client)", "staff": "\(staff)",
            "role": word(["primary", "primary", "secondary", "supervisor", "trainee", "covering"]),
        ]
        if random.chance(40) { fields["from"] = Self.date(day(-5...10)) }
        if random.chance(30) { fields["until"] = Self.date(day(11...40)) }
        avoided = [staff]
        needed = [.practiceManager]
        return fields
    }

    mutating func contact() -> Fields? {
        guard let client = pick(world.clients) else { return nil }
        var fields: Fields = [
            "client": "\(client)", "channel": word(["phone", "email", "sms", "video", "letter"]),
            "direction": word(["inbound", "outbound"]), "summary": text(),
        ]
        if random.chance(50) {
            let ms = nowMs - Int64.random(in: 0...10_000, using: &random) * 60_000
            fields["at"] = Self.quoted(PlainTime.reading(ms, clinic.zone))
        }
        if random.chance(50) { fields["minutes"] = number([0, 5, 480]) }
        if random.chance(50) { fields["action"] = text() }
        return fields
    }

    mutating func staffing(_ command: String) -> Fields? {
        let roles = [
            "practice_manager", "front_desk", "therapist", "supervisor", "trainee", "biller", "auditor", "owner",
        ]
        if command == "AddStaff" {
            // An audit has an end, which is said with its role alone.
            let role = pick(roles.filter { $0 != "auditor" }) ?? ""
            if role == "owner" { needed = [.owner] }
            return [
                "name": Self.quoted(name()), "email": "\"Staff\(Int.random(in: 0...999, using: &random))@Example.org\"",
                "roles": "[\(Self.quoted(role))]",
            ]
        }
        if command == "SetStaffServices" { return offers() }
        guard let staff = pick(world.ids("staff")), let member = clinic.staff[staff] else { return nil }
        let held = member.given.keys.map { RandomField.word($0) }.sorted()
        if command == "AssignRole" {
            return role(for: staff, member, roles.filter { !held.contains($0) })
        }
        // Most stay what they began as, or soon nobody would be left to do anything.
        guard staff > 40 || held.count > 1, let role = pick(held) else { return nil }
        if random.chance(80), ["owner", "therapist"].contains(role), staff <= 40 { return nil }
        if ["owner", "auditor"].contains(role) { needed = [.owner] }
        return ["staff": "\(staff)", "role": Self.quoted(role)]
    }

    /// One that they had, one that is about to end, or another; for some days, or for good.
    private mutating func role(for staff: UInt64, _ member: PlainClinic.Member, _ others: [String]) -> Fields? {
        let former = member.formerRoles.subtracting(member.given.keys).map { RandomField.word($0) }.sorted()
        let ending = member.given.filter { $0.value != .max }.map { RandomField.word($0.key) }.sorted()
        let likely = former + ending
        guard let role = pick(likely.isEmpty || random.chance(40) ? others : likely) else { return nil }
        var fields: Fields = ["staff": "\(staff)", "role": Self.quoted(role)]
        if ["owner", "auditor"].contains(role) { needed = [.owner] }
        if role == "auditor" || role != "owner" && random.chance(40) {
            fields["until"] = Self.date(day(random.chance(80) ? 1...4 : 5...360))
        }
        return fields
    }

    private mutating func offers() -> Fields? {
        guard let staff = pick(world.therapists) else { return nil }
        var fields: Fields = ["staff": "\(staff)"]
        if random.chance(40) {
            let services = Set((0..<3).compactMap { _ in pick(world.ids("service")) }).sorted()
            fields["services"] = "[\(services.map(String.init).joined(separator: ","))]"
        }
        if random.chance(15) { fields["acceptsNew"] = "false" }
        if random.chance(25) { fields["sessionsPerDayMax"] = number([1, 2, 3, 8]) }
        if random.chance(15) { fields["sessionsPerWeekMax"] = number([4, 10]) }
        if random.chance(15) {
            fields["consecutiveMinutesMax"] = number([120, 180])
            fields["breakMinutesMin"] = number([5, 10, 15])
        }
        if random.chance(10) { fields["worksOnlineFrom"] = pick(world.ids("location")).map { "\($0)" } }
        return fields
    }

    mutating func access(_ command: String) -> Fields? {
        switch command {
        case "LinkSocketUser":
            let staff = pick(world.ids("staff")) ?? 0
            return ["uid": number([5_000, 5_001, 5_002, 5_003, 5_004, 5_005]), "staff": "\(staff)"]
        case "UnlinkSocketUser":
            needed = [.owner]
            return pick(clinic.links.keys.sorted()).map { ["link": "\($0)"] }
        case "IssueToken":
            let without = world.ids("staff").filter { world.credentials(of: $0) == nil }
            guard let staff = pick(without.isEmpty || random.chance(30) ? world.ids("staff") : without) else {
                return nil
            }
            needed = [.owner]
            return ["staff": "\(staff)", "sha256": secret(), "days": number([1, 30, 90, 730])]
        case "RevokeToken":
            let live = clinic.tokens.filter { !$0.value.isRevoked }.map(\.key).sorted()
            needed = [.owner]
            return pick(live).map { ["token": "\($0)"] }
        default: return enrolment()
        }
    }

    private mutating func enrolment() -> Fields? {
        let tokens = clinic.tokens.filter {
            $0.value.awaitsHolder && !$0.value.isRevoked && nowMs < $0.value.expiresAtMs
        }
        if let token = pick(tokens.keys.sorted()), let sha256 = tokens[token]?.sha256, random.chance(70) {
            credentials = user(99, token: sha256)
            return ["sha256": secret()]
        }
        let offered = clinic.links.values.filter(\.awaitsHolder).map(\.uid).sorted()
        guard let uid = pick(offered) else { return nil }
        credentials = user(uid)
        return [:]
    }
}
