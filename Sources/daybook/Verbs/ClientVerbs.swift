import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct ClientVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client", abstract: "The clients.",
        subcommands: [List.self, Find.self, Show.self, Add.self, Update.self, Team.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Clients by number.")
        @OptionGroup var global: GlobalOptions
        @Option(help: "Part of a number, as C-0004.") var number: String?
        @Option(help: "Only those after this number.") var after: String?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            var query = ListClients()
            if let number { query.number = number }
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                let more = answer.hasNext ? ["There are more: --after \(answer.next)"] : []
                return desk.lines(DirectoryViews.clients(answer.rows)) + more
            }
        }
    }

    struct Find: ReadingVerb {
        static let configuration = CommandConfiguration(
            abstract: "Clients by part of a name, address, phone or number; - reads it from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "What to look for.") var text: String

        func run(at desk: Desk) async throws {
            var query = FindClients()
            query.text = text == "-" ? try PrivateText.read("Name") : text
            try await desk.ask(query) { answer in
                let more = answer.more ? ["There are more; say more of the name."] : []
                let unreadable = answer.unreadable == 0 ? [] : [Self.unreadable(answer.unreadable)]
                return desk.lines(DirectoryViews.clients(answer.rows)) + more + unreadable
            }
        }

        private static func unreadable(_ count: UInt32) -> String {
            "\(count) cannot be found by name, since a key is damaged: daybook client list has them, and daybook verify "
                + "says what is damaged."
        }
    }

    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "One client.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            var query = ShowClient()
            query.client = try await desk.client(client)
            try await desk.ask(query) { ClientView.lines($0.row, practice) }
        }
    }

    struct Team: Verb {
        static let configuration = CommandConfiguration(abstract: "Put somebody on a client's care team.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String
        @Option(help: ArgumentHelp("Whom.", valueName: "staff")) var add: String
        @Option(name: .customLong("role"), help: "primary, secondary, supervisor, trainee or covering.")
        var role = "primary"
        @Option(help: ArgumentHelp("From this date; now when left out.", valueName: "date")) var from: String?
        @Option(help: ArgumentHelp("Until this date, excluded.", valueName: "date")) var until: String?

        func run(at desk: Desk) async throws {
            let words = TimeWords(today: try await desk.practice().today)
            var command = AssignCareTeamMember()
            command.client = try await desk.client(client)
            command.staff = try await desk.staff(add)
            command.role = try EnumWord.value(role, "place in a care team")
            if let from { command.from = try words.date(from).description }
            if let until { command.until = try words.date(until).description }
            try await desk.send(command) { ReplyText.done("Assigned", $0) }
        }
    }
}
