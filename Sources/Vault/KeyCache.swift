import Crypto

/// Unwrapped data keys, at most `limit` of them, and the names that they have opened.
///
/// Two generations stand in for a list by last use: what is asked for moves to the young one; when that holds half the
/// limit it becomes the old one, and what the old one held, not used meanwhile, goes.
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

    private var young: [KeyID: Entry] = [:]
    private var old: [KeyID: Entry] = [:]
    private let generationLimit: Int
    /// How often a key was forgotten: what was read from the vault before is not to be kept after.
    private(set) var forgettings = 0

    init(limit: Int = 10_000) {
        generationLimit = max(1, limit / 2)
    }

    var count: Int { young.count + old.count }

    mutating func key(_ id: KeyID) -> SymmetricKey? { entry(id)?.key }

    /// The name in a box that this key has opened before.
    mutating func name(_ id: KeyID, position: UInt64, ordinal: UInt32) -> Name? {
        entry(id)?.names.first { $0.position == position && $0.ordinal == ordinal }
    }

    mutating func insert(_ key: SymmetricKey, for id: KeyID) { insert(Entry(key: key), for: id) }

    /// Kept with its key, and forgotten with it.
    mutating func insert(_ name: Name, for id: KeyID) {
        guard young[id] != nil else { return }
        if young[id]?.names.count == Self.namesMax { young[id]?.names.removeFirst() }
        young[id]?.names.append(name)
    }

    mutating func forget(_ id: KeyID) {
        forgettings += 1
        young.removeValue(forKey: id)
        old.removeValue(forKey: id)
    }

    private mutating func entry(_ id: KeyID) -> Entry? {
        if let entry = young[id] { return entry }
        guard let entry = old.removeValue(forKey: id) else { return nil }
        insert(entry, for: id)
        return entry
    }

    private mutating func insert(_ entry: Entry, for id: KeyID) {
        old.removeValue(forKey: id)
        young[id] = entry
        if young.count >= generationLimit {
            old = young
            young = [:]
        }
    }
}
