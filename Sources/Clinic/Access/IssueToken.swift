import Foundation
import Schema

extension IssueToken: Command {
    public static let permission = Permission.issueTokens

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let holder = hasStaff ? staff : asked.caller.staff
        let isOwn = holder == asked.caller.staff
        let member = try state.staff(holder)
        if !isOwn {
            let roles = asked.caller.roles
            guard roles.contains(.owner) || roles.contains(.practiceManager) else {
                throw Refusal.forbidden("An owner or the practice manager enrols others.")
            }
            try EnrolmentRule.check(for: member, asked)
        }
        try state.requireFreshHash(hasSha256 ? [UInt8](sha256) : [])
        let days = try Fields.bounded(hasDays ? days : 90, 1...730, "days")
        var event = TokenIssued()
        event.staff = holder
        event.sha256 = sha256
        event.label = try Fields.optionalText(hasLabel ? label : nil, "label", maxLength: 100) ?? ""
        event.expiresAt = asked.nowMs + Int64(days) * 86_400_000
        event.awaitsHolder = !isOwn && !practice.simulated
        return [Draft(event, about: [Subject(.token, asked.next), Subject(.staff, holder)])]
    }
}
