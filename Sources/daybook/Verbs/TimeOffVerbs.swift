import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct TimeOffVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeoff", abstract: "Times off: ask for one, approve it, list them.",
        subcommands: [List.self, Ask.self, Approve.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Times off, asked for and approved.")
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Whose; your own when left out.", valueName: "staff")) var with: String?
        @Flag(help: "Everybody's.") var all = false

        func validate() throws {
            guard !all || with == nil else { throw ValidationError("Say either --with or --all.") }
        }

        func run(at desk: Desk) async throws {
            var query = ListTimeOff()
            if let with {
                query.staff = try await desk.staff(with)
            } else if !all {
                query.staff = try await desk.practice().caller.staff
            }
            try await desk.ask(query) { desk.lines(DirectoryViews.timesOff($0.rows)) }
        }
    }

    struct Ask: Verb {
        static let configuration = CommandConfiguration(
            commandName: "request", abstract: "Ask for time off. Says which appointments it affects.")
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Whose; your own when left out.", valueName: "staff")) var with: String?
        @Option(help: ArgumentHelp("A time, or a date for its midnight.", valueName: "time")) var from: String
        @Option(help: ArgumentHelp("Excluded.", valueName: "time")) var to: String
        @Option(help: "annual, sick, training, admin or other.") var kind = "annual"
        @Flag(help: "Ask for the reason, or read it from standard input.") var reason = false

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            let words = TimeWords(today: practice.today)
            var command = RequestTimeOff()
            command.staff = practice.caller.staff
            if let with { command.staff = try await desk.staff(with) }
            command.start = try words.time(from, dateAlone: .midnight).description
            command.end = try words.time(to, dateAlone: .midnight).description
            command.kind = try EnumWord.value(kind, "kind of time off")
            if reason { command.reason = try PrivateText.read("Reason") }
            try await desk.send(command) { reply in
                ["Asked for: time off \(reply.id)."] + reply.affected.map { "  Affects appointment \($0)." }
            }
        }
    }

    struct Approve: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Approve a time off, saying what becomes of each affected appointment.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The time off's id.") var timeOff: UInt64
        @Option(help: ArgumentHelp("Keep this appointment all the same.", valueName: "id")) var keep: [UInt64] = []
        @Option(help: ArgumentHelp("Cancel this appointment.", valueName: "id")) var cancel: [UInt64] = []
        @Option(help: ArgumentHelp("Give it to another: 5120=Lim.", valueName: "id=staff")) var reassign: [String] = []

        func run(at desk: Desk) async throws {
            var command = ApproveTimeOff()
            command.timeOff = timeOff
            command.resolutions = keep.map { resolution($0, .keep) } + cancel.map { resolution($0, .cancel) }
            for text in reassign {
                let parts = text.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, let id = UInt64(parts[0]) else {
                    throw UsageError("“\(text)” is no reassignment. Write it as 5120=Lim.")
                }
                var change = resolution(id, .reassign)
                change.staff = try await desk.staff(String(parts[1]))
                command.resolutions.append(change)
            }
            try await desk.send(command) { ReplyText.done("Approved", $0) }
        }

        private func resolution(_ id: UInt64, _ action: TimeOffResolution.Action) -> TimeOffResolution {
            var resolution = TimeOffResolution()
            resolution.appointment = id
            resolution.action = action
            return resolution
        }
    }
}
