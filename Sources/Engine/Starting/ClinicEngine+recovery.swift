import Clinic
import Schema

/// How an owner's access was restored.
public struct Recovery: Sendable {
    public var owner: UInt64
    public var ownerName: String
    /// Of the event that says so.
    public var position: UInt64
}

extension ClinicEngine {
    /// Links a user id to the first owner, whoever had it before. On record, for all to see in the audit trail.
    ///
    /// Only for one who is on the machine itself with the daemon stopped: having the data's lock is the proof.
    public func recoverOwner(uid: UInt32) async throws(Refusal) -> Recovery {
        let access = try access
        guard try practice != nil else {
            throw Refusal(
                .problem("no-practice"), status: 409, title: "There is no practice yet",
                detail: "There is no practice in this folder yet, so there is no owner whose access could be restored.")
        }
        guard let owner = access.owners.first else {
            throw Refusal(
                .problem("no-owner"), status: 409, title: "There is no owner",
                detail: "Nobody has the role of owner, so there is nobody to restore access to.")
        }
        var event = OwnerRecovered()
        event.uid = uid
        event.staff = owner
        let draft = Draft(event, about: [Subject(.staff, owner)])
        let position = try await record(draft, by: .system("recover owner")).get()
        return Recovery(owner: owner, ownerName: access.name(of: owner) ?? "", position: position)
    }

    private func record(_ draft: Draft, by caller: Caller) async -> Result<UInt64, Refusal> {
        await withCheckedContinuation { continuation in
            let isTaken = writer.queue.add(.event(draft, caller) { continuation.resume(returning: $0) })
            if !isTaken { continuation.resume(returning: .failure(.busy("The daemon is ending."))) }
        }
    }
}
