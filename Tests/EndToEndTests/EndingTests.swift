import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct EndingTests {
        @Test func `a signal ends it in order, whoever listens, idles or does not read`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let follower = try SocketConnection(path: daemon.socket)
            try follower.ask("GET", "/v1/events?after=2&follow=true")
            _ = try follower.readLine()
            let idle = try SocketConnection(path: daemon.socket)
            try idle.ask("GET", "/v1/health")
            _ = try idle.readReply()
            let half = try SocketConnection(path: daemon.socket)
            try half.send("POST /v1/commands/AddStaff HTTP/1.1\r\nHost: d\r\nContent-Length: 100\r\n\r\n{")
            let mute = try SocketConnection(path: daemon.socket)
            // More answers than the socket holds, none of which is read.
            for _ in 0..<200 { try mute.ask("GET", "/v1/health") }
            let end = daemon.stop()
            #expect(end.status == 0)
            // Two seconds is what is promised; this only tells an end in order from one that was waited for in vain.
            #expect(end.seconds < 10)
            #expect(!FileManager.default.fileExists(atPath: daemon.socket))
            // The stream has its proper end.
            var lines: [String] = []
            while let line = try follower.readLine() { lines.append(line) }
            #expect(lines.suffix(2).first == "0")
            try daemon.start()
            #expect(try daemon.ask("WhoAmI").status == 200)
        }

        @Test func `a second daemon on the same data says who holds it, and touches nothing`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let second = try clinic.daemon.runOnce([])
            #expect(second.status == 1)
            #expect(second.error.contains("process \(clinic.daemon.pid)"))
            #expect(second.error.split(separator: "\n").count == 1)
            #expect(try clinic.daemon.ask("WhoAmI").status == 200)
        }

        @Test func `a start that cannot be says why in one sentence`() throws {
            let daemon = try RunningDaemon()
            daemon.stop()
            let long = daemon.folder.child(String(repeating: "x", count: 120))
            let cases = [
                (["--socket", long], "at most 103"),
                (["--config", daemon.folder.child("none.yaml")], "cannot be read"),
                (["--keys", daemon.data + "/keys"], "inside the data folder"),
            ]
            for (arguments, words) in cases {
                let finished = try daemon.runOnce(arguments)
                #expect(finished.status == 1)
                #expect(finished.error.contains(words), "\(finished.error)")
                #expect(finished.error.split(separator: "\n").count == 1, "\(finished.error)")
            }
            try Data("sokcet: /tmp/x\n".utf8).write(to: URL(fileURLWithPath: daemon.folder.child("c.yaml")))
            chmod(daemon.folder.child("c.yaml"), 0o644)
            let finished = try daemon.runOnce(["--config", daemon.folder.child("c.yaml")])
            #expect(finished.error.contains("`sokcet`"), "\(finished.error)")
        }
    }
}
