import ArgumentParser
import DaybookClient
import Schema

struct Do: Verb, ReadingVerb {
    static let configuration = CommandConfiguration(
        commandName: "do", abstract: "Send any command or query of the schema, as JSON.",
        discussion: """
            daybook do BookAppointment '{"client":41,…}', or - for standard input, where nothing private is seen by others.
            daybook do BookAppointment --help lists its fields; daybook help lists every command and query.
            """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: "As BookAppointment or Agenda.") var name: String
    @Argument(help: "JSON, or - for standard input; {} when left out.") var body: String?

    func run(at desk: Desk) async throws {
        let json = body == "-" ? try Prompt.standardInput(maxBytes: ImportVerb.maxBytes) : Array((body ?? "{}").utf8)
        if Requests.queries.contains(where: { $0.name == name }) {
            let meter = ProgressMeter(desk.screen)
            let answer = try await desk.client.askRaw(
                name, json: json, asOf: try await desk.asOf(), progress: meter.show)
            await meter.end()
            return desk.screen.write(answer.bytes)
        }
        guard Requests.commands.contains(where: { $0.name == name }) else { throw Help.unknown(name) }
        guard global.asOf == nil else { throw UsageError("--as-of is for queries, and \(name) is a command.") }
        let answer = try await desk.client.sendRaw(name, json: json, key: try desk.key())
        desk.screen.write(answer.bytes)
    }
}
