import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct RecoveryTests {
        @Test func `a log that is lost is brought back from its bundles, and the clinic goes on`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let first = try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T10:00"))
            #expect(first.status == 201)
            let position = try #require(try daemon.request("GET", "/v1/health").number("events"))
            let before = try daemon.digests(at: position)
            // Its end is covered by a checkpoint.
            #expect(daemon.stop().status == 0)
            let log = daemon.data + "/log"
            try FileManager.default.moveItem(atPath: log, toPath: daemon.folder.child("log-aside"))
            let refused = try daemon.runOnce([])
            #expect(refused.status == 1)
            #expect(refused.error.contains("daybook recover --from \(daemon.data)/tiles"), "\(refused.error)")
            let recovered = try daybook(daemon, "recover", "--json", "--from", "\(daemon.data)/tiles")
            #expect(recovered.status == 0, "\(recovered.error)")
            let report = try #require(
                try JSONSerialization.jsonObject(with: Data(recovered.output.utf8)) as? [String: Any])
            let size = try #require((report["size"] as? NSNumber)?.uint64Value)
            #expect(report["isRecovered"] as? Bool == true && (report["wanting"] as? [String]) == [])
            #expect((report["notRecovered"] as? [String])?.first?.contains("after event \(size - 1)") == true)
            #expect(try daybook(daemon, "verify", "--offline", daemon.data, "--keys", daemon.keys).status == 0)
            try daemon.start()
            #expect(size >= position)
            #expect(try daemon.digests(at: position) == before)
            let result = try #require(try daemon.job("verify").json["result"] as? [String: Any])
            #expect(result["isSound"] as? Bool == true, "\(result)")
            #expect(try daemon.ask("Agenda", "from=\(Day.text(9))").rows.count == 1)
            // Texts are sealed under the keys that were kept, and bound to the same log.
            let client = try daemon.ask("ShowClient", "client=\(clinic.client)")
            #expect(client.text.contains("Cleo"), "\(client.text)")
            #expect(try daemon.command("BookAppointment", clinic.booking("\(Day.text(10))T10:00")).status == 201)
        }

        @Test func `a damaged bundle is named, in words and as JSON, and leaves no log`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            daemon.stop()
            try FileManager.default.moveItem(atPath: daemon.data + "/log", toPath: daemon.folder.child("log-aside"))
            let folder = daemon.data + "/tiles/tile/entries/000.p"
            let widest = try #require(
                try FileManager.default.contentsOfDirectory(atPath: folder).max { Int($0) ?? 0 < Int($1) ?? 0 })
            let file = try #require(FileHandle(forUpdatingAtPath: "\(folder)/\(widest)"))
            try file.seek(toOffset: 40)
            let byte = try #require(try file.read(upToCount: 1)?.first)
            try file.seek(toOffset: 40)
            try file.write(contentsOf: Data([byte ^ 1]))
            try file.close()
            let refused = try daybook(daemon, "recover", "--from", "\(daemon.data)/tiles")
            #expect(refused.status == 5)
            #expect(refused.output.contains("\(folder)/\(widest): the record at position 0"), "\(refused.output)")
            let document = try daybook(daemon, "recover", "--json", "--from", "\(daemon.data)/tiles")
            #expect(document.status == 5 && document.output.contains(#""isRecovered":false"#), "\(document.output)")
            #expect(!FileManager.default.fileExists(atPath: daemon.data + "/log"))
        }

        @Test func `a stream of events over a damaged record ends with why, and the command line with 5`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let damage = try #require(try Damage(daemon.data + "/log/data.mdb", flipping: "Individual session"))
            let reply = try daemon.request("GET", "/v1/events")
            let lines = reply.text.split(separator: "\n")
            #expect(lines.dropLast().allSatisfy { $0.hasPrefix(#"{"position":"#) } && lines.count > 1)
            #expect(lines.last?.hasPrefix(#"{"problem":{"#) == true && lines.last?.contains("is damaged") == true)
            let told = try log(of: daemon)
            #expect(told.status == 5)
            #expect(told.error.contains("is damaged"), "\(told.error)")
            #expect(told.output.split(separator: "\n").count == lines.count - 1)
            #expect(daemon.log.contains("a stream of events was broken off"))
            try damage.undo()
            #expect(try log(of: daemon).status == 0)
        }

        /// `daybook log` as the owner.
        private func log(of daemon: RunningDaemon) throws -> Finished {
            try Finished(
                running: OrdinaryUser.process(
                    [Binaries.path("daybook"), "--socket", daemon.socket, "log"], uid: nil))
        }

        /// As the daemon's own user.
        private func daybook(_ daemon: RunningDaemon, _ arguments: String...) throws -> Finished {
            var arguments = arguments
            if arguments.first == "recover" { arguments += ["--keys", daemon.keys] }
            return try Finished(running: OrdinaryUser.shared.process([Binaries.path("daybook")] + arguments))
        }
    }
}

/// A bit of a text in a record that has flipped on the disk, wherever there are copies of it, and can be put right again.
private struct Damage {
    private let path: String
    private var places: [UInt64] = []

    /// Nil when the text is nowhere.
    init?(_ path: String, flipping text: String) throws {
        self.path = path
        let file = try Data(contentsOf: URL(fileURLWithPath: path))
        var rest = file[...]
        while let range = rest.firstRange(of: Data(text.utf8)) {
            places.append(UInt64(range.lowerBound))
            rest = rest[range.upperBound...]
        }
        guard !places.isEmpty else { return nil }
        try flip()
    }

    func undo() throws { try flip() }

    private func flip() throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        for place in places {
            try file.seek(toOffset: place)
            let byte = try #require(try file.read(upToCount: 1)?.first)
            try file.seek(toOffset: place)
            try file.write(contentsOf: Data([byte ^ 4]))
        }
    }
}
