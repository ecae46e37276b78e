import ArgumentParser
import DaybookClient

struct DigestVerb: ReadingVerb {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Fingerprint the state and every read model over the log, or over a beginning of it.",
        discussion: "Copies of a clinic that agree up to there show the same: with --at, or as of a time with --as-of.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Over the first records alone: how many.", valueName: "position")) var at: UInt64?

    func run(at desk: Desk) async throws {
        var request = JobRequest()
        if let at { request.add("position", at) }
        if let asOf = try await desk.asOf() { request.add("asOf", asOf) }
        _ = try await desk.runJob("digest", json: request.bytes)
    }
}
