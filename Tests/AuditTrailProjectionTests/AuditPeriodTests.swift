import AuditTrailProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AuditPeriodTests {
    // 2026-03-08 is the day on which New York's clocks go forward, at 07:00Z.
    private static let midnightMs: Int64 = 1_772_946_000_000

    private func clinic() throws -> AuditClinic {
        let clinic = try AuditClinic()
        // 9: the last ms of the 7th; 10, 11: both at midnight; 12: 03:00, the first minute after the gap; 13: the 9th.
        try clinic.change(3, by: 1, atMs: Self.midnightMs - 1)
        try clinic.change(3, by: 2, atMs: Self.midnightMs)
        try clinic.change(4, by: 1, atMs: Self.midnightMs)
        try clinic.change(3, by: 1, atMs: Self.midnightMs + 7_200_000)
        try clinic.change(3, by: 1, atMs: Self.midnightMs + 23 * 3_600_000)
        return clinic
    }

    private func positions(_ clinic: AuditClinic, _ from: String?, _ to: String?) throws -> [UInt64] {
        try clinic.positions {
            if let from { $0.from = from }
            if let to { $0.to = to }
        }
    }

    @Test func `a period is local to the practice and half-open`() throws {
        let clinic = try clinic()
        #expect(try positions(clinic, "2026-03-08", "2026-03-09") == [10, 11, 12])
        #expect(try positions(clinic, "2026-03-07", "2026-03-08") == [9])
        #expect(try positions(clinic, "2026-03-09", nil) == [13])
        #expect(try positions(clinic, nil, "2026-03-08") == Array(0...9))
        #expect(try positions(clinic, "2026-03-08T00:00", "2026-03-08T00:01") == [10, 11])
        #expect(try positions(clinic, "2026-03-08T03:00", "2026-03-09T00:00") == [12])
        #expect(try positions(clinic, "2026-03-10", nil).isEmpty)
        #expect(try positions(clinic, "9999-12-31", nil).isEmpty)
        #expect(try positions(clinic, "0001-01-01", "9999-12-31").count == 14)
    }

    @Test func `a period combines with actor, subject, order and pages`() throws {
        let clinic = try clinic()
        func ask(_ change: (inout AuditTrail) -> Void) throws -> [UInt64] {
            try clinic.positions {
                $0.from = "2026-03-08"
                $0.to = "2026-03-09"
                change(&$0)
            }
        }
        #expect(try ask { $0.actor = 1 } == [11, 12])
        #expect(try ask { $0.subject = 3 } == [10, 12])
        #expect(try ask { $0.newest = true } == [12, 11, 10])
        let page = try ask {
            $0.newest = true
            $0.after = 12
            $0.subject = 3
        }
        #expect(page == [10])
        #expect(try ask { $0.after = 10 } == [11, 12])
        #expect(try ask { $0.after = 12 }.isEmpty)
    }

    @Test(arguments: ["yesterday", "", "2026-02-29", "2026-03-08T24:00", "2026-03-08T00:00:00", "2026-3-8"])
    func `what is no date or time is refused by field`(text: String) throws {
        let clinic = try AuditClinic()
        let from = #expect(throws: Refusal.self) { try clinic.ask { $0.from = text } }
        #expect(from?.facts.field == "from")
        let to = #expect(throws: Refusal.self) { try clinic.ask { $0.to = text } }
        #expect(to?.facts.field == "to")
    }

    @Test func `a period that ends before it begins is refused`() throws {
        let clinic = try AuditClinic()
        let refusal = #expect(throws: Refusal.self) { try positions(clinic, "2026-03-08", "2026-03-08") }
        #expect(refusal?.facts.field == "to")
    }

    @Test func `before there is a practice nothing has happened`() throws {
        let harness = try ViewHarness(AuditTrailView.self)
        #expect(try harness.ask(AuditTrail.with { $0.from = "2026-03-08" }).rows.isEmpty)
    }
}
