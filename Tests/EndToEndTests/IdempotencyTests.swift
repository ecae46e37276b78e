import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct IdempotencyTests {

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
