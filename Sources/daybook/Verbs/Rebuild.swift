import ArgumentParser
import DaybookClient

struct Rebuild: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Build a read model anew from the log, beside the live one, and switch.",
        discussion: "Without a name: every one. Ends with 5 when --verify finds a difference.")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The read model, as calendar.") var name: String?
    @Flag(help: "Only compare; the live one stays.") var verify = false

    func run(at desk: Desk) async throws {
        var request = JobRequest()
        if let name { request.add("view", name) }
        if verify { request.add("verifyOnly", true) }
        let job = try await desk.runJob("rebuild", json: request.bytes)
        if verify, job.findsDifference { throw ClientError.damaged("a read model differs from the log") }
    }
}
