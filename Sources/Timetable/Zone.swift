import Foundation

/// A time zone of the IANA database.
///
/// Making one looks it up in a shared table; keep the value rather than making it again in a loop.
public struct Zone: Sendable {
    let rules: ZoneRules

    /// Nil unless `id` is one of the database's ids or `UTC`; abbreviations (`EST`) and offsets (`GMT+2`) are refused,
    /// because they do not say when the clock changes. Upper and lower case matter.
    public init?(_ id: String) {
        guard let rules = ZoneRules.named(id) else { return nil }
        self.rules = rules
    }

    public var id: String { rules.id }

    /// The version of the zone database that answers here, such as `2025b`; it travels with the toolchain.
    public static var dataVersion: String { TimeZone.timeZoneDataVersion }

    /// The ids to choose from, sorted; `init` accepts the database's other names for them too.
    public static var listedIds: [String] { ZoneRules.listedIds }
}

extension Zone: Hashable {
    public static func == (left: Zone, right: Zone) -> Bool { left.rules === right.rules || left.id == right.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Zone: CustomStringConvertible {
    public var description: String { id }
}
