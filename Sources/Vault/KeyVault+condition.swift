import LMDBKit

/// What has become of a key.
public enum KeyCondition: Sendable, Equatable {
    case usable
    /// A tombstone stands in its place.
    case destroyed
    /// The vault has never heard of it.
    case missing
    /// Its entry does not check, or does not unwrap.
    case damaged
}

extension KeyVault {
    /// Looks into the vault itself, not into memory.
    public func condition(of id: KeyID) -> KeyCondition {
        do {
            guard let entry = try environment.read({ try tables.entry(id, in: $0) }) else { return .missing }
            if case .tombstone = entry { return .destroyed }
            _ = try epoch.unwrap(entry, id: id)
            return .usable
        } catch {
            return .damaged
        }
    }
}
