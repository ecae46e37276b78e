/// The floor under every durable command: liblmdb alone, in the same file system.
struct RawCommits {
    private static let batchRecords: UInt64 = 64

    let dir: String
    let scale: Scale

    init(dir: String, _ scale: Scale) {
        self.dir = dir
        self.scale = scale
    }

    func measure(_ figures: inout Figures) throws {
        var log = try RawLog(dir: dir)
        defer { log.remove() }
        let single = try Timings(scale.commits) { _ in try log.commit(records: 1) }
        figures.add("raw liblmdb, 1 record a commit", single)
        figures.add("raw liblmdb, 1 record a commit", "commits", single.perSecond, "/s")
        let batched = try Timings(scale.batches) { _ in try log.commit(records: Self.batchRecords) }
        let group = "raw liblmdb, \(Self.batchRecords) records a commit"
        figures.add(group, batched)
        figures.add(group, "records", batched.perSecond * Double(Self.batchRecords), "/s")
    }
}
