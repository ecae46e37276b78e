/// Names on file, and which of them a sheet means: the one that is written so but for letter case and blanks; else the
/// only one that is so but for accents too. Where several are, none is meant.
public struct NamesOnFile: Sendable {
    private var keys: Set<String> = []
    private var byPlainKey: [String: Set<String>] = [:]

    public init(_ names: [String] = []) {
        for name in names { insert(name) }
    }

    public mutating func insert(_ name: String) {
        let key = NameKey.of(name)
        keys.insert(key)
        byPlainKey[NameKey.plain(name), default: []].insert(key)
    }

    /// The `NameKey` of the name that is meant; nil when there is none.
    public func key(meantBy name: String) -> String? {
        let key = NameKey.of(name)
        if keys.contains(key) { return key }
        guard let alike = byPlainKey[NameKey.plain(name)], alike.count == 1 else { return nil }
        return alike.first
    }
}
