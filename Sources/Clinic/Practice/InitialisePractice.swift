import Schema
import Timetable

extension InitialisePractice: Command {
    public static let permission = Permission.initialisePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        guard try state.practice() == nil else {
            throw Refusal.rule("INV-CFG-04", "The practice exists", "This log already has a practice.")
        }
        guard let uid = asked.caller.door.hasUid ? asked.caller.door.uid : nil else {
            throw Refusal.forbidden("A practice is begun over the Unix socket.")
        }
        let owner = asked.next + 1
        var added = StaffAdded()
        added.name = try Fields.line(hasOwnerName ? ownerName : nil, "ownerName")
        added.email = try Fields.email(hasOwnerEmail ? ownerEmail : nil, "ownerEmail")
        var role = RoleAssigned()
        role.staff = owner
        role.role = .owner
        var link = SocketUserLinked()
        link.uid = uid
        link.staff = owner
        return [
            Draft(try practice(asked), about: [Subject(.practice, asked.next)]),
            Draft(added, about: [Subject(.staff, owner)]),
            Draft(role, about: [Subject(.staff, owner)]),
            Draft(link, about: [Subject(.staff, owner), Subject(.link, asked.next + 3)]),
        ]
    }

    private func practice(_ asked: Asked) throws -> PracticeInitialised {
        var practice = PracticeInitialised()
        practice.name = try Fields.line(hasName ? name : nil, "name")
        practice.zone = try Fields.zone(try Fields.text(hasZone ? zone : nil, "zone"), "zone").id
        practice.onlineZone =
            hasOnlineZone ? try Fields.zone(onlineZone, "onlineZone").id : practice.zone
        practice.currency = try currency()
        practice.jurisdiction = try Fields.jurisdiction(hasJurisdiction ? jurisdiction : nil, "jurisdiction") ?? ""
        practice.simulated = asked.isSimulated
        practice.policy = .standard(in: practice.currency)
        return practice
    }

    private func currency() throws -> String {
        let code = hasCurrency ? currency : "USD"
        guard code.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            throw Refusal.field("currency", "`currency` must be an ISO 4217 code like USD.")
        }
        return code
    }
}

extension PracticePolicy {
    /// What a new practice begins with; recorded with it, so that later code cannot change what earlier rules read.
    static func standard(in currency: String) -> PracticePolicy {
        var policy = PracticePolicy()
        policy.slotStepMinutes = 15
        policy.gridMinutes = 5
        policy.graceMinutes = 15
        policy.lateWindowMinutes = 24 * 60
        policy.checkInEarlyMinutes = 120
        policy.startEarlyMinutes = 30
        policy.lookBackDays = 30
        policy.sessionMaxMinutes = 480
        policy.effectiveAheadMinutes = 5
        policy.defaultTravelMinutes = 0
        policy.majorityYears = 18
        policy.horizonDays = 730
        policy.noteDueHours = Self.noteDueHoursUsual
        policy.lateEntryHours = Self.lateEntryHoursUsual
        policy.autosaveMinutes = Self.autosaveMinutesUsual
        policy.invoiceDueDays = Self.invoiceDueDaysUsual
        policy.billerLimitMinor = Self.billerLimitMinorUsual(currency)
        return policy
    }
}
