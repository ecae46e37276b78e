/// Values by key, at most so many of them, of which those that were not used lately go.
///
/// Two generations stand in for a list by last use: what is asked for moves to the young one; when that holds half the
/// limit it becomes the old one, and what the old one held, not used meanwhile, goes.
public struct RecentlyUsed<Key: Hashable, Value> {
    @usableFromInline var young: [Key: Value] = [:]
    @usableFromInline var old: [Key: Value] = [:]
    @usableFromInline let generationMax: Int

    /// - Parameter max: how many are kept at most.
    @inlinable
    public init(max: Int) { generationMax = Swift.max(1, max / 2) }

    @inlinable
    public var count: Int { young.count + old.count }

    @inlinable
    public mutating func value(_ key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        insert(value, for: key)
        return value
    }

    @inlinable
    public mutating func insert(_ value: Value, for key: Key) {
        old[key] = nil
        young[key] = value
        guard young.count >= generationMax else { return }
        old = young
        young = [:]
    }

    @inlinable
    public mutating func remove(_ key: Key) {
        young[key] = nil
        old[key] = nil
    }
}

extension RecentlyUsed: Sendable where Key: Sendable, Value: Sendable {}
