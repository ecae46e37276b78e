import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct IdempotencyTests {
        @Test func `a command that is repeated has effect once, and another under its key has none`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let key = UUID().uuidString
            let body = clinic.booking("\(Day.text(9))T10:00")
            let first = try daemon.command("BookAppointment", body, key: key)
            #expect(first.status == 201)
            for _ in 0..<3 { #expect(try daemon.command("BookAppointment", body, key: key).text == first.text) }
            daemon.kill()
            try daemon.start()
            #expect(try daemon.command("BookAppointment", body, key: key).text == first.text)
            let other = try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T12:00"), key: key)
            #expect(other.status == 422)
            #expect(try daemon.ask("Agenda", "from=\(Day.text(9))").rows.count == 1)
        }

        @Test func `of 200 requests at once for one slot exactly one gets it, and all are answered`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let body = Array(clinic.booking("\(Day.text(10))T11:00").utf8)
            let connections = try (0..<200).map { _ in try SocketConnection(path: clinic.daemon.socket) }
            for connection in connections {
                try connection.ask(
                    "POST", "/v1/commands/BookAppointment", ["Idempotency-Key": UUID().uuidString], body: body)
            }
            let statuses = try connections.map { try $0.readReply()?.status ?? 0 }
            #expect(statuses.count { $0 == 201 } == 1)
            #expect(statuses.count { $0 == 409 } == 199)
        }
    }
}
