import Testing
import Timetable

@testable import Interchange

@Suite struct FindingTests {
    private func candidates(_ rows: ClientRow...) -> [RowPair] { DuplicateClients(in: rows, limit: 100).candidates }

    @Test func `two of name, birth and contact make a candidate, one does not`() {
        let born = "1980-01-02"
        #expect(
            candidates(
                Small.client("1", "Zoë", "Van-Dijk", born: born), Small.client("2", "ZOE", "van dijk", born: born)
            ).count == 1)
        #expect(
            candidates(Small.client("1", "Al", "B", email: "A@x"), Small.client("2", "Al", "B", email: "a@X")).count
                == 1)
        #expect(
            candidates(
                Small.client("1", "Al", "B", born: born, phone: "+44 7700 900123"),
                Small.client("2", "Albert", "C", born: born, phone: "(07700) 900-123 ext 4")
            ).count == 1)
        #expect(candidates(Small.client("1", "Al", "B"), Small.client("2", "Al", "B")).isEmpty)
        #expect(candidates(Small.client("1", "Al", "B", born: born), Small.client("2", "Cy", "B", born: born)).isEmpty)
        #expect(
            candidates(Small.client("1", "Al", "B", phone: "n/a"), Small.client("2", "Al", "B", phone: "n/a")).isEmpty)
    }

    @Test func `a family's phone is listed apart, a house's not at all`() {
        let family = [
            Small.client("1", "Ma", "B", born: "1970-01-01", phone: "555 0100 1"),
            Small.client("2", "Bo", "B", born: "2001-01-01", phone: "55501001"),
        ]
        let found = DuplicateClients(in: family, limit: 100)
        #expect(found.candidates.isEmpty && found.sharedContacts == [RowPair(first: 0, second: 1)] && found.people == 2)
        let house = (0..<9).map { Small.client("\($0)", "N\($0)", "X", phone: "55501001") }
        #expect(DuplicateClients(in: house, limit: 100).sharedContacts.isEmpty)
    }

    @Test func `a chain of three files is one person`() {
        let found = DuplicateClients(
            in: [
                Small.client("1", "Al", "B", born: "1980-01-02"),
                Small.client("2", "Al", "B", born: "1980-01-02", email: "a@x"),
                Small.client("3", "Albert", "B", born: "1980-01-02", email: "a@x"),
            ], limit: 100)
        #expect(found.candidates == [RowPair(first: 0, second: 1), RowPair(first: 1, second: 2)])
        #expect(found.people == 1)
    }

    @Test func `touching appointments never clash, overlapping ones do, cancelled ones free their time`() throws {
        let rows = [
            try Small.appointment("1", from: 0), try Small.appointment("2", from: 50),
            try Small.appointment("3", from: 99),
            try Small.appointment("4", from: 0, status: .cancelled),
            try Small.appointment("5", from: 0, status: .noShow),
        ]
        let pairs = DoubleBookings(.therapist, in: rows, limit: 100).pairs
        #expect(pairs == [RowPair(first: 0, second: 4), RowPair(first: 1, second: 2)])
    }

    @Test func `rooms of one name at two locations are two rooms`() throws {
        let rows = [
            try Small.appointment("1", from: 0, room: "1", location: "North"),
            try Small.appointment("2", from: 0, room: "1", location: "South"),
            try Small.appointment("3", from: 0, room: "1", location: "north "),
            try Small.appointment("4", from: 0),
        ]
        #expect(DoubleBookings(.room, in: rows, limit: 100).pairs == [RowPair(first: 0, second: 2)])
    }

    @Test func `the sweep finds what comparing all with all finds, and the plan keeps no two that clash`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        for _ in 0..<50 {
            let rows = try (0..<60).map { index in
                try Small.appointment(
                    "\(index)", from: Int.random(in: 0..<600, using: &random),
                    minutes: Int.random(in: 1..<120, using: &random),
                    client: "\(Int.random(in: 0..<9, using: &random))",
                    therapist: "\(Int.random(in: 0..<4, using: &random))",
                    room: [nil, "a", "b"].randomElement(using: &random) ?? nil,
                    status: AppointmentStatus.allCases.randomElement(using: &random) ?? .booked)
            }
            for resource in Resource.allCases {
                #expect(
                    DoubleBookings(resource, in: rows, limit: 10_000).pairs == bruteForce(resource, rows),
                    "seed \(seed)")
            }
            let plan = ImportPlan(clients: [], appointments: rows)
            #expect(plan.appointments.count + plan.heldBack.count == rows.count, "seed \(seed)")
            for resource in Resource.allCases {
                #expect(bruteForce(resource, plan.appointments).isEmpty, "seed \(seed)")
                for held in plan.heldBack {
                    let place = Int(held.row.reference) ?? 0
                    let earlier = plan.appointments.filter { (Int($0.reference) ?? 0) < place }
                    let expected = earlier.filter { !bruteForce(resource, [$0, held.row]).isEmpty }.map(\.reference)
                    let named = held.because.filter { $0.resource == resource }.map(\.reference)
                    #expect(Set(named) == Set(expected) && named.count == expected.count, "seed \(seed)")
                }
            }
            #expect(plan.heldBack.allSatisfy { !$0.because.isEmpty }, "seed \(seed)")
        }
    }

    private func bruteForce(_ resource: Resource, _ rows: [AppointmentRow]) -> [RowPair] {
        var pairs: [RowPair] = []
        for i in rows.indices {
            for j in rows.indices where i < j {
                let (a, b) = (rows[i], rows[j])
                guard a.status.occupies, b.status.occupies, let key = resource.key(of: a), key == resource.key(of: b),
                    a.span.startMs < b.span.endMs, b.span.startMs < a.span.endMs
                else { continue }
                pairs.append(RowPair(first: i, second: j))
            }
        }
        return pairs
    }

    @Test func `more pairs than the limit are cut and said to be`() throws {
        let rows = try (0..<20).map { try Small.appointment("\($0)", from: 0) }
        let found = DoubleBookings(.client, in: rows, limit: 30)
        #expect(found.isCut && found.pairs.count == 30)
        #expect(!DoubleBookings(.client, in: rows, limit: 190).isCut)
    }

    @Test func `a row held back stands in nobody's way`() throws {
        let rows = [
            try Small.appointment("1", from: 0, minutes: 60), try Small.appointment("2", from: 30, minutes: 60),
            try Small.appointment("3", from: 60, minutes: 60), try Small.appointment("4", from: 30, status: .cancelled),
        ]
        let plan = ImportPlan(clients: [], appointments: rows)
        #expect(plan.appointments.map(\.reference) == ["1", "3", "4"])
        #expect(plan.heldBack.map(\.row.reference) == ["2"])
        #expect(plan.heldBack[0].because.map(\.resource) == [.therapist, .client])
    }
}
