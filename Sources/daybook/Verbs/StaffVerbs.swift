import ArgumentParser
import DaybookClient
import Schema

struct StaffVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "The members of staff.",
        subcommands: [List.self, Add.self, Show.self, Roles.self, Offers.self, Link.self, Unlink.self],
        defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Who works here.")
        @OptionGroup var global: GlobalOptions
        @Option(help: "Part of a name or address.") var name: String?

        func run(at desk: Desk) async throws {
            var query = ListStaff()
            if let name { query.name = name }
            try await desk.ask(query) {
                desk.lines(DirectoryViews.staff($0.rows, try await desk.practice()))
            }
        }
    }

    struct Add: Verb {
        static let configuration = CommandConfiguration(abstract: "Add a member of staff.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The name, as calendars show it.") var name: String
        @Option(help: "Sign-in address.") var email: String?
        @Option(help: "A role to give; may be given more than once.") var role: [String] = []

        func run(at desk: Desk) async throws {
            var command = AddStaff()
            command.name = name
            if let email { command.email = email }
            command.roles = try role.map(EnumWord.role)
            try await desk.send(command) { ["Added: \(name), id \($0.id)."] }
        }
    }

    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "One member of staff.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id.") var staff: String

        func run(at desk: Desk) async throws {
            let id = try await desk.staff(staff)
            try await desk.askOne(ListStaff(), id) {
                $0.rows.filter { $0.id == id }
            } show: { row in
                let practice = try await desk.practice()
                let services = try await desk.client.ask(ListServices()).rows.filter { row.services.contains($0.id) }
                let places = try await desk.client.ask(ListLocations()).rows.filter { row.locations.contains($0.id) }
                return [row.name]
                    + Pairs.lines([
                        ("Roles", row.rolesInWords(practice)), ("Address", row.email),
                        ("Offers", services.map(\.name).joined(separator: ", ")),
                        ("Works at", places.map(\.name).joined(separator: ", ")),
                        ("New clients", row.acceptsNew ? "yes" : "no"), ("Id", "\(row.id)"),
                    ])
            }
        }
    }
}
