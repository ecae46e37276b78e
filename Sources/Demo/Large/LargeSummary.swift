import Engine
import Foundation

/// What was made.
public struct LargeSummary: Sendable {
    public let events: UInt64
    public let commits: Int
    public let clients: Int
    public let appointments: Int
    public let commands: Int
    /// Commands that were refused, by rule or problem.
    public let refusals: [String: Int]
    /// Of the records alone.
    public let recordBytes: UInt64
    /// Of the log's file.
    public let logBytes: UInt64
    /// Of the whole data folder.
    public let dataBytes: UInt64
    /// SHA-256 over what was decided, in hex: the same for the same seed, day and size.
    public let digest: String
    /// Until the last event was durable.
    public let seconds: Double
    /// From then until all read models had every event.
    public let readModelSeconds: Double
    public let tokensDirectory: String

    init(
        _ figures: BulkWriter.Figures, _ play: LargePlay, digest: String, seconds: Double, readModelSeconds: Double,
        folders: DemoFolders
    ) {
        events = figures.events
        commits = figures.commits
        recordBytes = figures.recordBytes
        clients = play.clients.count { $0.id != nil }
        appointments = play.appointments
        commands = play.stage.commands
        refusals = play.stage.refusals
        logBytes = Self.allocatedBytes(folders.data.part + "/log")
        dataBytes = Self.allocatedBytes(folders.data.part)
        self.digest = digest
        self.seconds = seconds
        self.readModelSeconds = readModelSeconds
        tokensDirectory = folders.tokens.whole
    }

    public var eventsPerSecond: Double { Double(events) / max(seconds, 0.001) }

    /// On the disk, in this folder and those below.
    private static func allocatedBytes(_ folder: String) -> UInt64 {
        guard let paths = FileManager.default.enumerator(atPath: folder) else { return 0 }
        return paths.reduce(0) { sum, path in
            var status = stat()
            guard let name = path as? String, lstat("\(folder)/\(name)", &status) == 0 else { return sum }
            return sum + UInt64(status.st_blocks) * 512
        }
    }
}

extension LargeSummary: CustomStringConvertible {
    /// A line for each figure.
    public var description: String {
        let refused = refusals.values.reduce(0, +)
        let most = refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(6)
        return """
            events            \(events), \(Int(eventsPerSecond)) a second in \(Self.rounded(seconds)) s, \(commits) commits
            of                \(commands) commands, \(refused) of them refused: \
            \(most.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
            for               \(clients) clients, \(appointments) appointments
            bytes an event    \(recordBytes / max(events, 1)) in its record, \(logBytes / max(events, 1)) in the log, \
            \(dataBytes / max(events, 1)) in all of the data
            read models       made in \(Self.rounded(readModelSeconds)) s
            decided (SHA-256) \(digest)
            """
    }

    private static func rounded(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
