import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct CallerTests {
        static let stranger: UInt32 = 4_242

        @Test(.enabled(if: OrdinaryUser.shared.id != nil, "only root can be somebody else"))
        func `a user whom nobody knows is turned away, and that is on record once`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            for _ in 0..<5 {
                let reply = try curl(
                    daemon, as: Self.stranger, "http://daybook/v1/commands/BookAppointment", "-d",
                    clinic.booking("\(Day.text(9))T10:00"))
                #expect(reply.status == 401)
            }
            let events = try daemon.request("GET", "/v1/events").text.split(separator: "\n")
            let denials = events.filter { $0.contains(#""type":"AccessDenied""#) }
            #expect(denials.count == 1)
            #expect(denials.first?.contains("4242") == true)
        }

        @Test(.enabled(if: OrdinaryUser.shared.id != nil, "only root can be somebody else"))
        func `health is for any local caller, figures are not`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            #expect(try curl(clinic.daemon, as: Self.stranger, "http://daybook/v1/health").status == 200)
            #expect(try curl(clinic.daemon, as: Self.stranger, "http://daybook/v1/metrics").status == 401)
            #expect(try curl(clinic.daemon, as: Self.stranger, "http://daybook/v1/openapi.json").status == 401)
        }

        @Test(.enabled(if: OrdinaryUser.shared.id != nil, "only root can be somebody else"))
        func `an owner who is locked out comes back by the machine itself, and the log says so`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            #expect(try daemon.runOnce(["--recover-owner", "\(Self.stranger)"]).status != 0)
            daemon.stop()
            let recovered = try daemon.runOnce(["--recover-owner", "\(Self.stranger)"])
            #expect(recovered.status == 0)
            #expect(recovered.output.contains("Ana Owner"))
            try daemon.start()
            let who = try curl(daemon, as: Self.stranger, "http://daybook/v1/queries/WhoAmI")
            #expect(who.status == 200)
            #expect(who.body.contains("Ana Owner"))
            #expect(try daemon.request("GET", "/v1/events").text.contains(#""type":"OwnerRecovered""#))
        }

        @Test func `a token must be shown as one, and a page in a browser is not answered`() throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            #expect(try daemon.request("GET", "/v1/queries/WhoAmI", ["Authorization": "Basic abc"]).status == 401)
            #expect(try daemon.request("GET", "/v1/queries/WhoAmI", ["Authorization": "Bearer abc"]).status == 401)
            #expect(try daemon.request("GET", "/v1/health", ["Origin": "http://evil.example"]).status == 403)
            #expect(try daemon.request("GET", "/v1/health", ["Referer": "http://evil.example/"]).status == 403)
        }
    }
}
