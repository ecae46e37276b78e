import Crypto
import LMDBKit

/// Unwrapped data keys, at most `limit` of them, and the names that they have opened.
struct KeyCache {
    /// A name in clear, and where the box stands that it was in.
    struct Name {
        let position: UInt64
        let ordinal: UInt32
        let commitment: [UInt8]
        let text: String
    }

    private struct Entry {
        let key: SymmetricKey
        var names: [Name] = []
    }

    /// A client has two or three names at a time; former ones are rarely asked for.
    private static let namesMax = 8

    private var entries: RecentlyUsed<KeyID, Entry>
    /// How often a key was forgotten.
    private(set) var forgettings = 0

    init(limit: Int = 10_000) { entries = RecentlyUsed(max: limit) }

    var count: Int { entries.count }

    mutating func key(_ id: KeyID) -> SymmetricKey? { entries.value(id)?.key }

    /// The name in a box that this key has opened before.
    mutating func name(_ id: KeyID, position: UInt64, ordinal: UInt32) -> Name? {
        entries.value(id)?.names.first { $0.position == position && $0.ordinal == ordinal }
    }

    mutating func insert(_ key: SymmetricKey, for id: KeyID) { entries.insert(Entry(key: key), for: id) }

    /// Keeps a key that was read from the vault, unless any was forgotten since: it may have been this one.
    ///
    /// - Parameter forgettings: how often it had happened before the key was read.
    mutating func insert(_ key: SymmetricKey, for id: KeyID, readAfter forgettings: Int) {
        if forgettings == self.forgettings { insert(key, for: id) }
    }

    /// Kept with its key, and forgotten with it; one name for a place.
    mutating func insert(_ name: Name, for id: KeyID) {
        guard var entry = entries.value(id) else { return }
        entry.names.removeAll { $0.position == name.position && $0.ordinal == name.ordinal }
        if entry.names.count == Self.namesMax { entry.names.removeFirst() }
        entry.names.append(name)
        entries.insert(entry, for: id)
    }

    mutating func forget(_ id: KeyID) {
        forgettings += 1
        entries.remove(id)
    }
}
