import Foundation
import Schema

/// Its maker knows the secret. So a token for oneself is good at once, and one for somebody else is good for nothing but
/// being exchanged by its holder.
extension IssueToken: Command {
    public static let permission = Permission.issueTokens

    private static let daysByDefault: UInt32 = 90

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let caller = try asked.requireStaff()
        let id = hasStaff ? staff : caller
        let member = try state.staff(id)
        if id != caller { try GrantRule.requireMayOffer(member, asked, field: "staff") }
        try state.requireFreshHash(hasSha256 ? [UInt8](sha256) : [])
        let days = try Fields.number(hasDays ? self.days : nil, "days", in: 1...730) ?? Self.daysByDefault
        var event = TokenIssued()
        event.staff = id
        event.sha256 = sha256
        event.label = try Fields.optionalLine(hasLabel ? label : nil, "label") ?? ""
        event.expiresAt = asked.nowMs + Int64(days) * 86_400_000
        event.awaitsHolder = id != caller && !practice.simulated
        return [Draft(event, about: [Subject(.staff, id), Subject(.token, asked.next)])]
    }
}
