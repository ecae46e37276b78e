import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct DurabilityTests {
        @Test func `what was acknowledged before a kill is there after it`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let body = #"{"name":"A location"}"#
            // Several are on their way when it is killed; those that were answered are what counts.
            let connections = try (0..<50).map { _ in try SocketConnection(path: daemon.socket) }
            for connection in connections {
                try connection.ask("POST", "/v1/commands/AddLocation", body: Array(body.utf8))
            }
            var acknowledged: [UInt64] = []
            for connection in connections.prefix(20) {
                if let id = try connection.readReply()?.number("id") { acknowledged.append(id) }
            }
            daemon.kill()
            try daemon.start()
            let rows = try daemon.ask("ListLocations").rows
            let found = Set(rows.compactMap { ($0["id"] as? NSNumber)?.uint64Value })
            #expect(Set(acknowledged).isSubset(of: found))
            let finding = try daemon.job("verify")
            #expect((finding.json["result"] as? [String: Any])?["isSound"] as? Bool == true)
        }

        @Test(arguments: ["views", "state"])
        func `what was deleted is there again after a start, with the same digests at one position`(
            _ folder: String
        ) throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            #expect(try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T10:00")).status == 201)
            let position = try #require(try daemon.request("GET", "/v1/health").number("events"))
            let before = try daemon.digests(at: position)
            #expect(before.count == 6)
            #expect(daemon.stop().status == 0)
            try FileManager.default.removeItem(atPath: "\(daemon.data)/\(folder)")
            try daemon.start()
            // A start looks at names, which is on record: so both are asked about the position of before.
            #expect(try daemon.digests(at: position) == before)
            let result = try #require(try daemon.job("verify").json["result"] as? [String: Any])
            #expect(result["isSound"] as? Bool == true, "\(result)")
            #expect(try daemon.ask("Agenda", "from=\(Day.text(9))").rows.count == 1)
        }

        @Test func `a copy of the data has the digests of the original, whatever was recorded since`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let id = try #require(
                try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T10:00")).number("id"))
            daemon.stop()
            let copy = try RunningDaemon(copying: daemon)
            try daemon.start()
            let position = id + 1
            #expect(
                try daemon.command(
                    "RescheduleAppointment", #"{"appointment":\#(id),"start":"\#(Day.text(9))T12:00"}"#
                ).status == 201)
            #expect(try daemon.digests(at: position) == copy.digests(at: position))
            #expect(try daemon.digests(at: position + 1) != daemon.digests(at: position))
        }

        @Test func `another locale and another time zone make no difference`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            #expect(try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T10:00")).status == 201)
            let position = try #require(try daemon.request("GET", "/v1/health").number("events"))
            let before = try daemon.digests(at: position)
            daemon.stop()
            try daemon.start(
                environment: ["TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"])
            #expect(try daemon.digests(at: position) == before)
        }
    }
}
