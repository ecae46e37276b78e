import Foundation

/// The floor under every durable command and every replay: liblmdb alone, from C, in the same file system.
struct RawLimit {
    private static let batchRecords = 64

    private let executable: String
    private let dir: String
    private let scale: Scale

    init(executable: String, dir: String, _ scale: Scale) {
        self.executable = executable
        self.dir = dir
        self.scale = scale
    }

    func version() throws -> String {
        try Tool.output(executable, [dir, "version"]).trimmingCharacters(in: .newlines)
    }

    func measure(_ figures: inout Figures) throws {
        let single = try timings("commits", scale.commits, 1)
        figures.add("liblmdb: 1 record a commit", "commits", single.perSecond, "/s")
        figures.add("liblmdb: 1 record a commit", single, tail: true)
        let batched = try timings("commits", scale.batches, Self.batchRecords)
        let group = "liblmdb: \(Self.batchRecords) records a commit"
        figures.add(group, "records", batched.perSecond * Double(Self.batchRecords), "/s")
        figures.add(group, batched, tail: true)
        for (verb, name) in [("load", "loaded in order, one commit"), ("scan", "scanned by a cursor")] {
            let once = try timings(verb, scale.records)
            figures.add("liblmdb: \(scale.records) records", name, once.perSecond * Double(scale.records), "/s")
        }
    }

    /// In a folder of its own, which goes with the end.
    private func timings(_ verb: String, _ numbers: Int...) throws -> Timings {
        let folder = dir + "/liblmdb"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try Tool.timings(executable, [folder, verb] + numbers.map(String.init))
    }
}
