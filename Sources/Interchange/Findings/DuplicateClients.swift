/// What two files agree in.
public enum Likeness: String, Sendable, Hashable, Codable, CaseIterable {
    case name
    case dateOfBirth = "date of birth"
    case email
    case phone
}

/// Pairs of rows that may be one person twice (INV-CLI-05).
///
/// A candidate agrees in two of three: name, date of birth, and a contact (email or phone). One alone is too little:
/// namesakes are common, and so are families with one phone or address. A shared contact alone is therefore listed
/// apart, as weaker.
struct DuplicateClients {
    /// Candidates to merge, in order.
    let candidates: [RowPair]
    /// Pairs that share a contact and nothing else, in order.
    let sharedContacts: [RowPair]
    let likeness: [RowPair: Set<Likeness>]
    let isCut: Bool
    /// How many people there are if every candidate is merged.
    let people: Int

    /// A number or address on more files than this belongs to a house, not to a family.
    static let mostSharing = 8

    /// `rows` in order of reference; pairs are positions in it.
    init(in rows: [ClientRow], limit: Int) {
        let keys = rows.map(PersonKey.init)
        var likeness: [RowPair: Set<Likeness>] = [:]
        var isCut = false
        for (alike, key) in Self.evidence {
            var found = PairList(limit: limit)
            Self.pairs(alike, key, keys, &found)
            isCut = isCut || found.isCut
            for pair in found.pairs { likeness[pair, default: []].formUnion(alike) }
        }
        let all = likeness.keys.sorted()
        candidates = all.filter { likeness[$0].map(Self.isCandidate) ?? false }
        sharedContacts = all.filter { !(likeness[$0].map(Self.isCandidate) ?? false) }
        self.likeness = likeness
        self.isCut = isCut
        people = rows.count - Self.merges(candidates, count: rows.count)
    }

    private static func isCandidate(_ alike: Set<Likeness>) -> Bool {
        let kinds = [alike.contains(.name), alike.contains(.dateOfBirth), !alike.isDisjoint(with: [.email, .phone])]
        return kinds.filter { $0 }.count >= 2
    }

    private typealias Evidence = (alike: Set<Likeness>, key: (PersonKey) -> String?)

    /// The combinations that are looked for; each makes one key, so that alike rows meet in one bucket.
    private static var evidence: [Evidence] {
        func joined(_ one: String?, _ other: String?) -> String? {
            guard let one, let other else { return nil }
            return "\(one)\u{1F}\(other)"
        }
        func birth(_ key: PersonKey) -> String? { key.birth.map(String.init) }
        return [
            ([.name, .dateOfBirth], { joined($0.name, birth($0)) }),
            ([.name, .email], { joined($0.name, $0.email) }),
            ([.name, .phone], { joined($0.name, $0.phone) }),
            ([.dateOfBirth, .email], { joined(birth($0), $0.email) }),
            ([.dateOfBirth, .phone], { joined(birth($0), $0.phone) }),
            ([.email], \.email),
            ([.phone], \.phone),
        ]
    }

    private static func pairs(
        _ alike: Set<Likeness>, _ key: (PersonKey) -> String?, _ keys: [PersonKey], _ found: inout PairList
    ) {
        var buckets: [String: [Int]] = [:]
        for (index, person) in keys.enumerated() {
            if let key = key(person) { buckets[key, default: []].append(index) }
        }
        for bucket in buckets.values.sorted(by: { $0[0] < $1[0] }) {
            if alike.count == 1 && bucket.count > mostSharing { continue }
            for (place, one) in bucket.enumerated() {
                for other in bucket[(place + 1)...] {
                    guard found.add(one, other) else { return }
                }
            }
        }
    }

    /// How many rows disappear when the pairs become one person each, chains included.
    private static func merges(_ pairs: [RowPair], count: Int) -> Int {
        var parent = Array(0..<count)
        func root(_ index: Int) -> Int {
            var index = index
            while parent[index] != index {
                parent[index] = parent[parent[index]]
                index = parent[index]
            }
            return index
        }
        var merges = 0
        for pair in pairs {
            let (one, other) = (root(pair.first), root(pair.second))
            if one != other {
                parent[max(one, other)] = min(one, other)
                merges += 1
            }
        }
        return merges
    }
}
