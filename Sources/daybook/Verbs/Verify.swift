import ArgumentParser
import DaybookClient

struct Verify: AsyncParsableCommand, TakesGlobalOptions {
    static let configuration = CommandConfiguration(
        abstract: "Check the running log against its signed checkpoint, or a copy of one with --offline.",
        discussion: "Ends with 5 when damage was found, or nothing signed vouches for a copy.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Check this copy of a data folder, without a daemon.", valueName: "folder"))
    var offline: String?
    @Option(help: ArgumentHelp("With --offline: where the second anchor and the signing key are.", valueName: "folder"))
    var keys: String?

    mutating func run() async throws {
        if let offline {
            try await OfflineVerify(folder: offline, keys: keys, json: global.json).run(Screen.process(.process))
        } else {
            var running = RunningVerify()
            running.global = global
            try await running.run()
        }
    }
}

/// The check of the log that the daemon has open: a job of its own.
private struct RunningVerify: Verb {
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) async throws {
        let job = try await desk.runJob("verify", json: Array("{}".utf8))
        if job.findsDamage { throw ClientError.damaged("the log does not verify") }
    }
}
