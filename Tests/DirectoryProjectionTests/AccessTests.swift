import DirectoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AccessTests {
    private func link(_ uid: UInt32, _ staff: UInt64, awaitsHolder: Bool = false) -> AnyEvent {
        .access(
            .socketUserLinked(
                .with {
                    $0.uid = uid
                    $0.staff = staff
                    $0.awaitsHolder = awaitsHolder
                }))
    }

    private func token(_ staff: UInt64, awaitsHolder: Bool = false, expiresAt: Int64 = .max) -> AnyEvent {
        .access(
            .tokenIssued(
                .with {
                    $0.staff = staff
                    $0.label = "laptop"
                    $0.expiresAt = expiresAt
                    $0.awaitsHolder = awaitsHolder
                }))
    }

    @Test func `one sees one's own tokens and links, who may see those of all sees them`() throws {
        let clinic = try DirectoryClinic()
        let harness = clinic.harness
        let first = try harness.record(link(1000, clinic.owner))
        let second = try harness.record(token(clinic.therapist))
        #expect(try harness.ask(ListAccess(), as: clinic.owner).rows.map(\.id) == [first, second])
        let own = try harness.ask(ListAccess(), as: clinic.therapist, permits: { _, _ in false }).rows
        #expect(own.map(\.id) == [second])
        #expect(own.first?.staffName == "Zoe\u{301} Brandt")
        #expect(own.first?.label == "laptop")
        #expect(own.first?.issuedBy == 1)
        #expect(try harness.ask(ListAccess(), as: 404, permits: { _, _ in false }).rows.isEmpty)
        // What counts is what one may today, which a former time's rows do not know.
        let asked = try harness.ask(ListAccess(), as: clinic.owner) { permission, _ in permission != .viewAccessOfAll }
        #expect(asked.rows.map(\.id) == [first])
    }

    @Test func `a revoked token and a link that was replaced are shown as revoked`() throws {
        let clinic = try DirectoryClinic()
        let harness = clinic.harness
        let token = try harness.record(token(clinic.therapist))
        try harness.record(.access(.tokenRevoked(.with { $0.token = token })))
        let old = try harness.record(link(1000, clinic.therapist))
        let new = try harness.record(link(1000, clinic.owner))
        let recovered = OwnerRecovered.with {
            $0.uid = 1001
            $0.staff = clinic.owner
        }
        let loud = try harness.record(.access(.ownerRecovered(recovered)))
        let rows = try harness.ask(ListAccess(), as: clinic.owner).rows
        #expect(rows.map(\.id) == [token, old, new, loud])
        #expect(rows.map(\.revoked) == [true, true, false, false])
        #expect(rows.map(\.kind) == ["token", "link", "link", "link"])
    }

    @Test func `an offer is shown beside the link there is, which it replaces when it is taken up`() throws {
        let clinic = try DirectoryClinic()
        let harness = clinic.harness
        let old = try harness.record(link(1000, clinic.owner))
        let first = try harness.record(link(1000, clinic.therapist, awaitsHolder: true))
        let second = try harness.record(link(1000, clinic.therapist, awaitsHolder: true))
        func revoked() throws -> [UInt64] {
            try harness.ask(ListAccess(), as: clinic.owner).rows.filter(\.revoked).map(\.id)
        }
        #expect(try revoked() == [first])
        try harness.record(.access(.enrolmentCompleted(.with { $0.link = second })))
        #expect(try revoked() == [old, first])
    }

    @Test func `a link that was ended is shown as revoked, and ends nothing again when it is replaced`() throws {
        let harness = try DirectoryClinic().harness
        func unlink(_ link: UInt64) throws {
            let ended = SocketUserUnlinked.with {
                $0.link = link
                $0.uid = 1000
            }
            try harness.record(.access(.socketUserUnlinked(ended)))
        }
        let old = try harness.record(link(1000, 1))
        let offer = try harness.record(link(1000, 2, awaitsHolder: true))
        func revoked() throws -> [UInt64] { try harness.ask(ListAccess()).rows.filter(\.revoked).map(\.id) }
        try unlink(old)
        #expect(try revoked() == [old])
        try harness.record(.access(.enrolmentCompleted(.with { $0.link = offer })))
        #expect(try revoked() == [old])
        try unlink(offer)
        let new = try harness.record(link(1000, 3))
        #expect(try revoked() == [old, offer])
        #expect(try harness.ask(ListAccess()).rows.map(\.id) == [old, offer, new])
    }

    @Test func `an offer awaits its holder until it is taken up, revoked or expired`() throws {
        let clinic = try DirectoryClinic()
        let harness = clinic.harness
        func awaits() throws -> Bool { try harness.ask(WhoAmI(), as: clinic.therapist).awaitsCompletion }
        #expect(try !awaits())
        let offered = try harness.record(link(1000, clinic.therapist, awaitsHolder: true))
        #expect(try awaits())
        try harness.record(.access(.enrolmentCompleted(.with { $0.link = offered })))
        #expect(try !awaits())
        let enrolment = try harness.record(
            token(clinic.therapist, awaitsHolder: true, expiresAt: harness.nowMs + 60_000))
        #expect(try awaits())
        harness.nowMs += 60_000
        #expect(try !awaits())
        harness.nowMs -= 30_000
        try harness.record(.access(.enrolmentCompleted(.with { $0.token = enrolment })))
        #expect(try !awaits())
    }

    @Test func `who I am tells of me and of the practice, and knows no stranger`() throws {
        let clinic = try DirectoryClinic()
        let answer = try clinic.harness.ask(WhoAmI(), as: clinic.owner)
        #expect(answer.name == "Ada Müller")
        #expect(answer.roles == [.owner])
        #expect(answer.practice == "Riverbank")
        #expect(answer.zone == "America/New_York")
        #expect(answer.onlineZone == "America/Chicago")
        #expect(answer.currency == "USD")
        #expect(throws: Refusal.self) { try clinic.harness.ask(WhoAmI(), as: 404) }
    }
}
