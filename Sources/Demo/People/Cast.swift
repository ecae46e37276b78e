import Schema

/// A member of the demo's cast. Its raw value is the name of its token file.
struct Member: Hashable, Sendable {
    let key: String
    let name: String
    let roles: [Role.Value]

    var email: String { "\(key)@example.org" }
}

/// Everybody who works at the demo clinic. They are fictional.
enum Cast {
    static let owner = Member(key: "owner", name: "Dorothea Winslow", roles: [.owner])
    static let manager = Member(key: "manager", name: "Clement Ashdown", roles: [.practiceManager])
    static let desk = Member(key: "desk", name: "Philippa Rowe", roles: [.frontDesk])
    static let auditor = Member(key: "auditor", name: "Hugh Marchetti", roles: [.auditor])

    static let therapistNames = ["Beatrix Calloway", "Ivo Halloran", "Zélie Fontaine", "Anselm Lindqvist"]

    static let therapists = therapistNames.map { name in
        Member(key: name.split(separator: " ").last?.lowercased() ?? name, name: name, roles: [.therapist])
    }
}
