import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct TranscriptTests {
        @Test func `a booking, the same slot again, and the agenda, as typed with curl`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let day = Day.text(8)
            let booked = try curl(
                clinic.daemon, "http://daybook/v1/commands/BookAppointment", "-H",
                "Idempotency-Key: 0193a5c2-7d4e-7c1a-9b0e-5a3f60d1c2e4", "-d", clinic.booking("\(day)T14:00"))
            #expect(booked.status == 201)
            let reply = try object(booked.body)
            #expect(reply["room"] as? UInt64 == clinic.room)
            #expect(reply["end"] as? String == "\(day)T14:50")
            #expect(reply["position"] as? UInt64 == reply["id"] as? UInt64)

            let again = try curl(
                clinic.daemon, "http://daybook/v1/commands/BookAppointment", "-H",
                "Idempotency-Key: 0193a5c2-7d4e-7c1a-9b0e-5a3f60d1c2e5", "-d", clinic.booking("\(day)T14:00"))
            #expect(again.status == 409)
            let problem = try object(again.body)
            #expect((problem["type"] as? String)?.hasPrefix("urn:daybook:rule:INV-SCHED-") == true)
            #expect(problem["conflicts"] as? [UInt64] == [try #require(reply["id"] as? UInt64)])
            #expect((problem["nearest"] as? [String])?.isEmpty == false)
            #expect(!again.body.contains("Cleo"))

            let agenda = try curl(
                clinic.daemon,
                "http://daybook/v1/queries/Agenda?staff=\(clinic.therapist)&from=\(day)&to=\(Day.text(15))")
            #expect(agenda.status == 200)
            let rows = try #require(try object(agenda.body)["rows"] as? [[String: Any]])
            #expect(rows.count == 1)
        }

        private func object(_ text: String) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }

    }
}
