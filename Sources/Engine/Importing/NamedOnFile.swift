import Interchange

/// What of one kind is on file, and what an import makes of it. Of two with one name it is the elder.
///
/// Names are compared as they are kept: on one line and cut, so that a long one is found again.
struct NamedOnFile: Sendable {
    private var ids: [String: UInt64] = [:]
    private var onFile = NamesOnFile()

    mutating func keep(_ id: UInt64, named name: String) {
        let key = Self.key(name)
        ids[key] = min(ids[key] ?? .max, id)
        onFile.insert(OneLine.name(name))
    }

    /// One that is made under a name of the sheet. It is found by this spelling alone: two of the sheet that differ in
    /// an accent are two.
    mutating func add(_ id: UInt64, named name: String) { ids[Self.key(name)] = id }

    /// The one that is written so, but for letter case and blanks.
    func id(exactly name: String) -> UInt64? { ids[Self.key(name)] }

    /// The same; else the only one on file that is written so but for accents.
    func id(of name: String) -> UInt64? {
        id(exactly: name) ?? onFile.key(meantBy: OneLine.name(name)).flatMap { ids[$0] }
    }

    static func key(_ name: String) -> String { NameKey.of(OneLine.name(name)) }
}
