import ArgumentParser
import DaybookClient
import Schema

struct Status: Verb {
    static let configuration = CommandConfiguration(abstract: "Whether the daemon is well, and who you are to it.")

    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) async throws {
        let health = try await desk.client.health()
        if global.json { return desk.screen.write(health.bytes) }
        var lines = ["Socket \(desk.client.socket)"]
        var isEmpty = false
        if let value = try? StrictJSON.parse(health.bytes) {
            lines += ReportView.lines(value, width: desk.screen.width)
            isEmpty = value["events"]?.id == 0
        }
        desk.screen.write(lines)
        // On an empty log nobody is anybody yet.
        if isEmpty { return desk.screen.write(["There is no practice yet: begin with daybook init."]) }
        let caller = try await desk.client.ask(WhoAmI())
        var pairs = [
            ("Practice", caller.practice + (caller.simulated ? " (simulated)" : "")), ("Zone", caller.zone),
            ("You are", caller.name), ("Roles", caller.roles.map(\.word).joined(separator: ", ")),
        ]
        if caller.awaitsCompletion { pairs.append(("Offered to you", "an enrolment; take it up with daybook enrol")) }
        desk.screen.write(Pairs.lines(pairs))
    }
}
