import Testing

@testable import daybook

struct NameMatchTests {
    private let staff = [
        Candidate(id: 7, label: "Grace Petrov (7)", names: ["Dr Grace Petrov", "grace@example.org"]),
        Candidate(id: 9, label: "Quentin Fernández (9)", names: ["Dr Quentin Fernández"]),
        Candidate(id: 11, label: "Ann Lim (11)", names: ["Ann Lim"]),
        Candidate(id: 13, label: "Anna Limburg (13)", names: ["Anna Limburg"]),
    ]

    @Test(
        arguments: [
            ("petrov", 7), ("fernandez", 9), ("FERNÁNDEZ", 9), ("quen fern", 9), ("13", 13),
            ("ann lim", 11), ("etro", 7), ("limb", 13),
        ] as [(String, UInt64)])
    func `part of a name finds its bearer`(text: String, id: UInt64) throws {
        #expect(try NameMatch.one(text, of: "member of staff", among: staff).id == id)
    }

    @Test func `a name in full wins over those it begins`() {
        #expect(NameMatch.find("Ann Lim", among: staff).map(\.id) == [11])
        #expect(NameMatch.find("an li", among: staff).map(\.id) == [11, 13])
    }

    @Test func `a name that several bear lists them`() {
        let error = #expect(throws: UsageError.self) {
            try NameMatch.one("lim", of: "member of staff", among: staff)
        }
        #expect(error?.choices == ["Ann Lim (11)", "Anna Limburg (13)"])
    }

    @Test(arguments: ["", "  ", "zzz", "99"]) func `nobody is found for what nobody is called`(text: String) {
        #expect(throws: UsageError.self) { try NameMatch.one(text, of: "member of staff", among: staff) }
    }

    @Test func `client numbers are told from names`() {
        #expect(Desk.isNumber("C-000041") && Desk.isNumber("c-41"))
        #expect(!Desk.isNumber("C-") && !Desk.isNumber("Cohen") && !Desk.isNumber("C-4a") && !Desk.isNumber("B-1"))
    }
}
