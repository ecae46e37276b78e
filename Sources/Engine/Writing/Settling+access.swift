import Clinic
import Schema

extension Settling {
    /// Whoever sends it; on an empty log, whoever may begin the practice.
    func caller(
        of submission: Submission, nowMs: Int64, next: UInt64, _ access: AccessTable, _ state: borrowing ClinicState
    ) throws -> Caller {
        switch submission.sender {
        case .trusted(let caller, _): return caller
        case .door(let credentials):
            guard submission.command is InitialisePractice, try state.practice() == nil else {
                let isCompleting = submission.command is CompleteEnrolment
                return try access.caller(for: credentials, isCompleting ? .takingUp : .complete, nowMs: nowMs)
            }
            guard let uid = credentials.uid, uid == 0 || uid == ownUID else {
                throw Refusal.forbidden("A practice is begun by root, or by the user that the daemon runs as.")
            }
            var door = Door()
            door.kind = credentials.doorKind
            door.uid = uid
            // The owner is founded by the second event of this very command.
            return Caller(kind: .staff, staff: next + 1, roles: [.owner], door: door)
        }
    }

    /// The role that permits it.
    func role(
        of submission: Submission, _ caller: Caller, nowMs: Int64, _ access: AccessTable,
        _ state: borrowing ClinicState
    ) throws -> Role.Value {
        if case .trusted(_, let role) = submission.sender { return role }
        // On an empty log nobody has a role yet; later its own rule refuses it, whoever asks.
        if submission.command is InitialisePractice {
            return try state.practice() == nil ? .owner : caller.roles.first ?? .unspecified
        }
        let permission = type(of: submission.command).permission
        if submission.command is CompleteEnrolment { return caller.roles.first ?? .unspecified }
        let target = try submission.command.target(in: state)
        return try access.requireRole(permitting: permission, to: caller, about: target, nowMs: nowMs)
    }
}
