import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct BadInputTests {
        /// Bodies of RegisterClient, and the field at which each is wrong; empty for the body as a whole.
        static let malformed: [(body: String, field: String)] = [
            ("", ""), ("{", ""), ("[]", ""), ("null", ""), ("{}{}", ""), (#"{"givenName":"A",}"#, ""),
            (#"{"givenName":1}"#, "givenName"), (#"{"givenName":null}"#, "givenName"),
            (#"{"givenName":["A"]}"#, "givenName"), (#"{"givenNmae":"A"}"#, "givenNmae"),
            (#"{"givenName":"A","givenName":"B"}"#, "givenName"),
            (#"{"duplicatesAcknowledged":[1,"x"]}"#, "duplicatesAcknowledged[1]"),
            (#"{"duplicatesAcknowledged":[-1]}"#, "duplicatesAcknowledged[0]"),
            (#"{"duplicatesAcknowledged":[1e99]}"#, "duplicatesAcknowledged[0]"),
            (#"{"dateOfBirthUnknown":"yes"}"#, "dateOfBirthUnknown"), (#"{"givenName":"\ud800"}"#, "givenName"),
        ]

        @Test func `what is malformed is refused with the place where it is`() throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            for (body, field) in Self.malformed {
                let reply = try daemon.command("RegisterClient", body)
                #expect(reply.status == 400, "\(body): \(reply.text)")
                #expect(reply.headers["content-type"] == "application/problem+json")
                if !field.isEmpty { #expect(reply.text("field") == field, "\(body): \(reply.text)") }
            }
            #expect(try daemon.command("RegisterClient", "{}", key: "no-uuid").text("field") == "Idempotency-Key")
            #expect(try daemon.command("NoSuchCommand", "{}").status == 404)
            #expect(try daemon.ask("NoSuchQuestion").status == 404)
            #expect(try daemon.request("GET", "/v1/commands/AddStaff").status == 405)
            #expect(try daemon.ask("FindClients", "text=Cleo").status == 405)
        }

        @Test func `ids of another kind are no such thing`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let wrong = clinic.booking("\(Day.text(9))T10:00")
                .replacingOccurrences(of: #""client":\#(clinic.client)"#, with: #""client":\#(clinic.room)"#)
            let reply = try clinic.daemon.command("BookAppointment", wrong)
            #expect(reply.status == 404)
            #expect(reply.text("field") == "client")
            let shown = try clinic.daemon.ask("ShowClient", "client=\(UInt64.max)")
            #expect(shown.status == 404)
        }

        @Test func `times that do not exist are refused, of those that exist twice the first is taken`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let forward = try #require(Day.transition(isForward: true))
            let gap = try clinic.daemon.command("BookAppointment", clinic.booking("\(forward)T02:30"))
            #expect((400..<410).contains(gap.status))
            #expect(gap.text.contains("01:") || gap.text.contains("03:"), "\(gap.text)")
            let back = try #require(Day.transition(isForward: false))
            let fold = try clinic.daemon.command("BookAppointment", clinic.booking("\(back)T01:30"))
            #expect(
                fold.status == 201 ? fold.json["overlapFirst"] as? Bool == true : fold.text("rule") == "INV-SCHED-09")
        }

        @Test func `years at the ends of the calendar and beyond are answered`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            for start in [
                "0000-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:55", "10000-01-01T00:00", "-001-01-01T00:00",
                "2026-13-01T00:00", "2026-02-30T00:00", "2026-12-01T24:00", "2026-12-01", "",
            ] {
                let reply = try clinic.daemon.command("BookAppointment", clinic.booking(start))
                #expect((400..<410).contains(reply.status), "\(start): \(reply.status)")
                let agenda = try clinic.daemon.ask("Agenda", "staff=\(clinic.therapist)&from=\(start.prefix(10))")
                #expect([200, 400].contains(agenda.status), "\(start): \(agenda.status)")
            }
        }

        @Test func `long texts, emoji and NUL get a plain answer`() throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            let long = String(repeating: "a", count: 1_000_000)
            let tooLong = try daemon.command("AddLocation", #"{"name":"\#(long)"}"#)
            #expect(tooLong.status == 413)
            let bounded = try daemon.command("AddLocation", #"{"name":"\#(long.prefix(200_000))"}"#)
            #expect(bounded.status == 400)
            #expect(try daemon.command("AddLocation", #"{"name":"Tree\u0000house"}"#).status == 400)
            #expect(try daemon.command("AddLocation", "{\"name\":\"Tree\u{0}house\"}").status == 400)
            try daemon.done("AddLocation", #"{"name":"Treehouse 🌳👩‍👩‍👧"}"#)
            #expect(try daemon.ask("ListLocations").text.contains("🌳👩‍👩‍👧"))
        }
    }
}
