import ArgumentParser
import DaybookClient
import EventStore
import Foundation
import Vault

struct Recover: AsyncParsableCommand, TakesGlobalOptions {
    static let configuration = CommandConfiguration(
        abstract: "Bring the log back from its published entry bundles, without a daemon.",
        discussion: """
            The log that was signed, byte for byte, or none: every record is held against the signed checkpoint. Keys and \
            vault are taken as they are; state and read models are made again at the next start. A log that is there is \
            never written over: move it aside first. Ends with 5 when bundles or checkpoint are damaged.
            """)

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The published files: `checkpoint` and `tile/entries`.", valueName: "tiles"))
    var from: String
    @Option(
        help: ArgumentHelp(
            "The data folder that gets the log; left out, the one that the tiles lie in.", valueName: "folder"))
    var to: String?
    @Option(help: ArgumentHelp("The folder of the keys; left out, FOLDER.keys.", valueName: "folder"))
    var keys: String?

    mutating func run() async throws {
        umask(0o077)
        let tiles = Self.standard(from)
        guard let data = to.map(Self.standard) ?? Self.dataFolder(of: tiles) else {
            throw UsageError("Which folder gets the log? Name it with --to.")
        }
        let keys = keys.map(Self.standard) ?? data + ".keys"
        let screen = Screen.process(.process)
        let meter = ProgressMeter(screen)
        let places = LogRecovery.Places(
            tiles: tiles, dataDirectory: data, keysDirectory: keys, logID: KeyFiles.logID(in: keys))
        let (steps, sending) = AsyncStream.makeStream(of: WorkProgress.self, bufferingPolicy: .bufferingNewest(1))
        let work = Task.detached { () -> Result<RecoveryReport, RecoveryError> in
            defer { sending.finish() }
            return Result { () throws(RecoveryError) in
                try LogRecovery.run(places) { sending.yield(WorkProgress(permille: $0, step: $1)) }
            }
        }
        for await step in steps { await meter.update(step) }
        let outcome = await work.value
        await meter.end()
        try RecoveryView(places: places, outcome: outcome).show(on: screen, json: global.json)
    }

    private static func standard(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    /// `DATA` of `DATA/tiles`.
    private static func dataFolder(of tiles: String) -> String? {
        let url = URL(fileURLWithPath: tiles)
        return url.lastPathComponent == "tiles" ? url.deletingLastPathComponent().path : nil
    }
}
