import Crypto

/// Unwrapped data keys, at most `limit` of them.
///
/// Two generations stand in for a list by last use: what is asked for moves to the young one; when that holds half the
/// limit it becomes the old one, and what the old one held, not used meanwhile, goes.
struct KeyCache {
    private var young: [KeyID: SymmetricKey] = [:]
    private var old: [KeyID: SymmetricKey] = [:]
    private let generationLimit: Int

    init(limit: Int = 10_000) {
        generationLimit = max(1, limit / 2)
    }

    var count: Int { young.count + old.count }

    mutating func key(_ id: KeyID) -> SymmetricKey? {
        if let key = young[id] { return key }
        guard let key = old.removeValue(forKey: id) else { return nil }
        insert(key, for: id)
        return key
    }

    mutating func insert(_ key: SymmetricKey, for id: KeyID) {
        old.removeValue(forKey: id)
        young[id] = key
        if young.count >= generationLimit {
            old = young
            young = [:]
        }
    }

    mutating func forget(_ id: KeyID) {
        young.removeValue(forKey: id)
        old.removeValue(forKey: id)
    }
}
