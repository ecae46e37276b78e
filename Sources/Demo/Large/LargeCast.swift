import Schema

/// Everybody who works at the large clinic, by number. They are fictional.
struct LargeCast: Sendable {
    static let owner = 0
    static let manager = 1
    static let auditor = 2
    /// One for each place.
    static let desks = 3..<7
    static let billers = 7..<9
    static let firstTherapist = 9

    let members: [Member]

    init(therapists: Int) {
        members = Self.office + (0..<therapists).map(Self.therapist)
    }

    var therapists: Range<Int> { Self.firstTherapist..<members.count }

    private static let office: [Member] = [
        Cast.owner, Cast.manager, Cast.auditor, Cast.desk,
        Member(key: "desk2", name: "Lionel Ambrose", roles: [.frontDesk]),
        Member(key: "desk3", name: "Georgina Holt", roles: [.frontDesk]),
        Member(key: "desk4", name: "Emeka Strand", roles: [.frontDesk]),
        Member(key: "biller", name: "Rosalind Finch", roles: [.biller]),
        Member(key: "biller2", name: "Casper Boyle", roles: [.biller]),
    ]

    private static func therapist(_ index: Int) -> Member {
        guard index >= Cast.therapists.count else { return Cast.therapists[index] }
        let family = families[index - Cast.therapists.count]
        return Member(
            key: family.lowercased(), name: "\(Names.given[index * 11 % Names.given.count]) \(family)",
            roles: [.therapist])
    }

    private static let families = [
        "Achterberg", "Bellweather", "Cavanaugh", "Dunmore", "Ellsworth", "Farquhar", "Greenhalgh", "Hollingworth",
        "Inglewood", "Jessop", "Kavanagh", "Lovelace", "Middlemarch", "Nightingale", "Oakeshott", "Penhaligon",
        "Quartermaine", "Ravenscroft", "Sedgwick", "Thistlewood", "Upchurch", "Villiers", "Wetherby", "Yardley",
        "Zimmermann", "Aldous", "Bancroft", "Chatterton", "Devereux", "Everdene", "Fothergill", "Gainsborough",
        "Huxtable", "Ivory", "Jellicoe", "Kilbride", "Lanchester", "Mallory", "Norwood", "Osgood", "Pettigrew",
        "Rosewarne", "Stanhope", "Tregarthen", "Urquhart", "Wolstenholme",
    ]
}
