import HashTreeCollections
import Schema

/// Who may come in and what they are to each other: one immutable value, published to all readers with the batch that
/// changes it, so that a revoked token is dead at once.
public struct AccessTable: Sendable {
    struct Member: Sendable {
        var name: String
        /// Each with the instant at which it ends by itself, milliseconds UTC, excluded.
        var roles: [Role.Value: Int64] = [:]
    }

    struct Entry: Sendable {
        var id: UInt64
        var staff: UInt64
        var awaitsHolder: Bool
        var expiresAtMs: Int64 = .max
    }

    var staff: TreeDictionary<UInt64, Member> = [:]
    var links: TreeDictionary<UInt32, Entry> = [:]
    /// Links that their holder has not taken up yet; until then the one before is as good as ever.
    var offers: TreeDictionary<UInt32, Entry> = [:]
    var tokens: TreeDictionary<[UInt8], Entry> = [:]
    var tokenHashes: TreeDictionary<UInt64, [UInt8]> = [:]
    var teams: TreeDictionary<UInt64, [CareTeamMember]> = [:]

    public init() {}

    /// The staff member's name; staff names are clear.
    public func name(of staff: UInt64) -> String? { self.staff[staff]?.name }

    /// Everybody's name.
    public var staffNames: [String] { staff.values.map(\.name).sorted() }

    /// Their roles at an instant, in the order in which they are asked.
    public func roles(of staff: UInt64, atMs instantMs: Int64) -> [Role.Value] {
        guard let member = self.staff[staff] else { return [] }
        return PermissionTable.roleOrder.filter { role in member.roles[role].map { instantMs < $0 } ?? false }
    }

    /// Whether somebody is on the client's care team at an instant.
    public func isOnCareTeam(_ staff: UInt64, of client: UInt64, atMs instantMs: Int64) -> Bool {
        (teams[client] ?? []).contains { member in
            member.staff == staff && member.fromAt <= instantMs
                && (!member.hasUntilAt || instantMs < member.untilAt)
        }
    }
}
