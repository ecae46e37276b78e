import ArgumentParser
import DaybookClient
import Foundation
import Schema
import Timetable

struct Contact: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Record a contact outside sessions.",
        discussion: """
            With whom, what was said and what follows are asked for at a terminal; `contact -` reads JSON with the fields \
            `with`, `summary` and `action` from standard input.
            """)

    @OptionGroup var global: GlobalOptions
    @Option(help: "Number, id, or part of a name.") var client: String
    @Argument(help: "- for JSON on standard input.") var input: String?
    @Option(help: "phone, email, sms, video, in-person or letter.") var channel: String
    @Option(help: "inbound or outbound.") var direction: String
    @Option(help: ArgumentHelp("When; now when left out.", valueName: "time")) var at: String?
    @Option(help: "How long it took.") var minutes: UInt32?

    func run(at desk: Desk) async throws {
        var command = try ClientForm.read(RecordNonSessionContact.self, input)
        if input == nil {
            if let with = Prompt.ask("With whom, when not the client") { command.with = with }
            command.summary = try ClientForm.needed("What was said")
            if let action = Prompt.ask("What follows") { command.action = action }
        }
        command.channel = try EnumWord.value(channel, "channel")
        command.direction = try EnumWord.value(direction, "direction")
        if let at { command.at = try TimeWords(today: try await desk.practice().today).time(at).description }
        if let minutes { command.minutes = minutes }
        command.client = try await desk.client(client)
        try await desk.send(command) { ReplyText.done("Recorded", $0) }
    }
}
