import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct HoursVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hours", abstract: "The hours that staff offer.",
        subcommands: [List.self, SetHours.self, Open.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(
            abstract: "The weeks in force and to come, and the extra openings that are not over.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id; your own when left out.") var staff: String?
        @Flag(help: "Everybody's.") var all = false

        func validate() throws {
            guard !all || staff == nil else { throw ValidationError("Say either a name or --all.") }
        }

        func run(at desk: Desk) async throws {
            let caller = try await desk.practice().caller
            var query = ListHours()
            if let staff {
                query.staff = try await desk.staff(staff)
            } else if !all {
                query.staff = caller.staff
            }
            try await desk.ask(query) { desk.lines(HoursView.table($0.rows, zone: caller.zone)) }
        }
    }

    struct SetHours: Verb {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Set somebody's week at one place, from a date on.",
            discussion: "daybook hours set Petrov --at Riverside “mon-thu 09:00-17:00” “fri 09:00-13:00”")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id.") var staff: String
        @Argument(help: "Each as “mon-thu 09:00-12:00,13:00-17:00”; none for not here any more.") var hours: [String] =
            []
        @Option(help: ArgumentHelp("Where; online when left out.", valueName: "location")) var at: String?
        @Option(help: ArgumentHelp("From when on; today when left out.", valueName: "date")) var from: String?
        @Flag(name: .customLong("self-book"), help: "Clients may book themselves.") var selfBook = false

        func run(at desk: Desk) async throws {
            var command = SetWeeklyHours()
            command.staff = try await desk.staff(staff)
            if let at { command.location = try await desk.location(at) }
            let words = TimeWords(today: try await desk.practice().today)
            command.effectiveFrom = try words.date(from ?? "today").description
            command.blocks = try hours.flatMap(HoursWords.blocks)
            if selfBook {
                for index in command.blocks.indices { command.blocks[index].selfBook = true }
            }
            try await desk.send(command) { ReplyText.done("Hours set", $0) }
        }
    }

    struct Open: Verb {
        static let configuration = CommandConfiguration(abstract: "Open hours outside the week.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id.") var staff: String
        @Option(help: ArgumentHelp("Where; online when left out.", valueName: "location")) var at: String?
        @Option(help: ArgumentHelp("On the clock at the place.", valueName: "time")) var start: String
        @Option(help: ArgumentHelp("On the clock at the place.", valueName: "time")) var end: String
        @Flag(name: .customLong("even-closed"), help: "Even when the location is closed.") var evenClosed = false

        func run(at desk: Desk) async throws {
            let words = TimeWords(today: try await desk.practice().today)
            var command = AddExtraOpening()
            command.start = try words.time(start).description
            command.end = try words.time(end).description
            command.staff = try await desk.staff(staff)
            if let at { command.location = try await desk.location(at) }
            if evenClosed { command.overridesClosure = true }
            try await desk.send(command) { ReplyText.done("Opened", $0) }
        }
    }
}
