import Foundation
import TestKit
import Testing

extension EndToEnd {
    /// More connections than one user may have; `tools/lib/end-to-end` does it with 10,000.
    struct CrowdTests {
        @Test func `who holds too many connections is told so and let go, and others are served`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let held = try (0..<512).map { _ in try SocketConnection(path: daemon.socket) }
            for _ in 0..<3 {
                let turnedAway = try (0..<60).map { _ in try SocketConnection(path: daemon.socket) }
                for connection in turnedAway {
                    let reply = try connection.readReply()
                    #expect(reply?.status == 429)
                    #expect(reply?.headers["retry-after"] == "1")
                    #expect(try connection.readToEnd().isEmpty)
                }
            }
            if OrdinaryUser.shared.id != nil {
                let answer = try curl(daemon, as: CallerTests.stranger, "http://daybook/v1/health")
                #expect(answer.status == 200, "\(answer)")
            }
            if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.pid)/fd").count {
                #expect(open < 1_000)
            }
            for connection in held { connection.close() }
            // The daemon learns of it in its own time.
            while try SocketConnection(path: daemon.socket).readStatus(asking: "/v1/health") == 429 { sched_yield() }
            #expect(try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T10:00")).status == 201)
        }
    }
}

extension SocketConnection {
    fileprivate func readStatus(asking path: String) throws -> Int? {
        // One that is turned away may be closed on while it asks.
        try? ask("GET", path)
        return try readReply()?.status
    }
}
