import ArgumentParser
import DaybookClient
import Schema
import Timetable

extension StaffVerbs {
    struct Roles: Verb {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give somebody a role, or take one away.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id.") var staff: String
        @Option(help: ArgumentHelp("The role to give.", valueName: "role")) var add: String?
        @Option(help: ArgumentHelp("The role to take away.", valueName: "role")) var remove: String?
        @Option(help: ArgumentHelp("The first day without the role given; an auditor's needs one.", valueName: "date"))
        var until: String?

        func validate() throws {
            guard (add == nil) != (remove == nil) else { throw ValidationError("Say either --add or --remove.") }
            guard until == nil || add != nil else { throw ValidationError("--until goes with --add.") }
        }

        func run(at desk: Desk) async throws {
            let id = try await desk.staff(staff)
            if let add {
                var command = AssignRole()
                command.staff = id
                command.role = try EnumWord.role(add)
                if let until {
                    let words = TimeWords(today: try await desk.practice().today)
                    command.until = try words.date(until).description
                }
                try await desk.send(command) { ReplyText.done("Role given", $0) }
            } else if let remove {
                var command = RevokeRole()
                command.staff = id
                command.role = try EnumWord.role(remove)
                try await desk.send(command) { ReplyText.done("Role taken away", $0) }
            }
        }
    }

    struct Offers: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Set what somebody offers, and where, in place of what was set before.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id.") var staff: String
        @Option(help: "A service; may be given more than once.") var service: [String] = []
        @Option(help: "Where they work; anywhere when left out.") var location: [String] = []
        @Flag(name: .customLong("no-new"), help: "They take no new clients.") var noNew = false
        @Option(name: .customLong("per-day"), help: "Sessions a day at most.") var perDay: UInt32?
        @Option(name: .customLong("per-week"), help: "Sessions a week at most.") var perWeek: UInt32?

        func run(at desk: Desk) async throws {
            var command = SetStaffServices()
            command.staff = try await desk.staff(staff)
            command.services = try await desk.ids(service, desk.service)
            command.locations = try await desk.ids(location, desk.location)
            if noNew { command.acceptsNew = false }
            if let perDay { command.sessionsPerDayMax = perDay }
            if let perWeek { command.sessionsPerWeekMax = perWeek }
            try await desk.send(command) { ReplyText.done("Set", $0) }
        }
    }

    struct Link: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Link a Unix user to a member of staff; that user completes it with daybook enrol.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of a name, or the id.") var staff: String
        @Option(help: "The user's number.") var uid: UInt32

        func run(at desk: Desk) async throws {
            var command = LinkSocketUser()
            command.staff = try await desk.staff(staff)
            command.uid = uid
            try await desk.send(command) {
                ReplyText.done("Linked user \(uid), who completes it with daybook enrol", $0)
            }
        }
    }
    struct Unlink: Verb {
        static let configuration = CommandConfiguration(
            abstract: "End a link of a Unix user, or an offer of one. It is dead at once.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The link's id, as daybook token list says it.") var link: UInt64

        func run(at desk: Desk) async throws {
            var command = UnlinkSocketUser()
            command.link = link
            try await desk.send(command) { ReplyText.done("Unlinked", $0) }
        }
    }
}
