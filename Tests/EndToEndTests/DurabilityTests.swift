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

        /// Of the state and of every read model, each found equal to a rebuild.
        private func digests(_ daemon: RunningDaemon) throws -> [String: String] {
            let result = try #require(try daemon.job("verify").json["result"] as? [String: Any])
            #expect(result["isSound"] as? Bool == true)
            var found: [String: String] = [:]
            for view in result["views"] as? [[String: Any]] ?? [] {
                found[view["view"] as? String ?? ""] = view["liveDigest"] as? String
            }
            found["state"] = (result["state"] as? [String: Any])?["liveDigest"] as? String
            return found
        }
    }
}
