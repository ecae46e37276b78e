import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct PublishedLogTests {
        @Test func `checkpoint, key and tiles are there for anyone, and records for who may`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let key = try daemon.request("GET", "/v1/log/key")
            #expect(key.status == 200)
            #expect(key.text.hasPrefix("daybook.invalid/"))
            let size = try #require(try daemon.request("GET", "/v1/health").number("events"))
            // One a second at most: whoever follows the log sees the next.
            var lines: [Substring] = []
            repeat {
                let checkpoint = try daemon.request("GET", "/v1/log/checkpoint")
                lines = checkpoint.status == 200 ? checkpoint.text.split(separator: "\n") : []
                sched_yield()
            } while lines.count < 4 || UInt64(lines[1]) ?? 0 < size
            #expect(key.text.hasPrefix(lines[0] + "+"))
            let tile = try daemon.request("GET", "/v1/log/tile/0/000.p/\(lines[1])")
            #expect(tile.status == 200)
            #expect(tile.body.count == Int(lines[1]).map { $0 * 32 })
            #expect(try daemon.request("GET", "/v1/log/proof/0").text.contains(String(lines[0])))
            let entries = try daemon.request("GET", "/v1/log/tile/entries/000.p/\(lines[1])")
            #expect(entries.status == 200)
            if OrdinaryUser.shared.id != nil {
                let tiles = "http://daybook/v1/log/tile"
                let stranger = CallerTests.stranger
                #expect(try curl(daemon, as: stranger, "\(tiles)/entries/000.p/\(lines[1])").status == 401)
                #expect(try curl(daemon, as: stranger, "-o", "/dev/null", "\(tiles)/0/000.p/\(lines[1])").status == 200)
            }
            #expect(try daemon.request("GET", "/v1/log/tile/0/999").status == 404)
        }

        @Test func `metrics tell of commands by name and outcome, and of nobody`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            #expect(try daemon.command("AddLocation", "{}").status == 400)
            let metrics = try daemon.request("GET", "/v1/metrics")
            #expect(metrics.status == 200)
            #expect(metrics.text.contains(#"daybook_commands_total{command="AddLocation",outcome="400"} 1"#))
            #expect(metrics.text.contains(#"daybook_commands_total{command="RegisterClient",outcome="done"} 1"#))
            #expect(metrics.text.contains("daybook_connections 1"))
            #expect(!metrics.text.contains("Cleo"))
        }
    }
}
