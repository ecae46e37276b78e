/// Compares what is published of the running log, checkpoint, verifier key, hash tiles and bundles, with the log: a step
/// at a time, so that a job can show progress and stop. The log itself is verified before.
public struct PublishedVerification {
    /// A quarter of a tile.
    private static let stepRecordsMax = 64

    private let log: EventLog
    private var audit: PublishedAudit

    /// What has been found so far.
    public var report: PublishedReport { audit.report }

    /// How far it has come.
    public var permille: Int { Int(audit.position * 1_000 / max(report.size, 1)) }

    /// - Parameter key: of the log's checkpoints.
    public init(_ log: EventLog, dataDirectory: String, key: VerifierKey) {
        self.log = log
        let directory = dataDirectory + "/tiles"
        var faults: [PublishedFault] = []
        let published = Self.read(directory + "/checkpoint", key, &faults)
        // Without it the anchor says how much was published; without that nothing ever was.
        let anchor = published == nil ? try? Anchor.read(Anchor.path(in: dataDirectory), key: key) : nil
        if anchor != nil || published != nil {
            if faults.isEmpty, published == nil {
                faults.append(PublishedFault(path: directory + "/checkpoint", "is missing"))
            }
            if let what = Self.difference(directory + "/vkey", key) {
                faults.append(PublishedFault(path: directory + "/vkey", what))
            }
        }
        audit = PublishedAudit(
            directory: directory, size: min(published?.size ?? anchor?.size ?? 0, log.size), key: key)
        for fault in faults { audit.add(fault) }
    }

    /// Takes one step. Call it until it answers false.
    public mutating func advance() throws(LogError) -> Bool {
        guard !audit.isOver else { return false }
        // Copied out: no snapshot is held while files are read.
        var records: [[UInt8]] = []
        try sortingErrors {
            _ = try log.read(from: audit.position, upTo: report.size, max: Self.stepRecordsMax) { _, record in
                records.append([UInt8](record))
            }
        }
        for record in records { audit.take(record) }
        return !audit.isOver
    }

    private static func read(_ path: String, _ key: VerifierKey, _ faults: inout [PublishedFault]) -> Checkpoint? {
        do throws(LogError) {
            return try Anchor.read(path, key: key)
        } catch .badCheckpoint(_, let reason) {
            faults.append(PublishedFault(path: path, reason))
        } catch {
            faults.append(PublishedFault(path: path, "\(error)"))
        }
        return nil
    }

    private static func difference(_ path: String, _ key: VerifierKey) -> String? {
        do throws(LogError) {
            guard let bytes = try DurableFile.read(path) else { return "is missing" }
            return bytes == key.fileBytes ? nil : "is not this log's verifier key"
        } catch {
            return "\(error)"
        }
    }
}
