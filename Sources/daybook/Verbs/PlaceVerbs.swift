import ArgumentParser
import DaybookClient
import Schema

struct LocationVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "location", abstract: "The locations.", subcommands: [List.self, Add.self, Show.self],
        defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Where the practice works.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws {
            try await desk.ask(ListLocations()) { desk.lines(DirectoryViews.locations($0.rows)) }
        }
    }

    struct Add: Verb {
        static let configuration = CommandConfiguration(abstract: "Add a location.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its name.") var name: String
        @Option(help: "Its time zone; the practice's when left out.") var zone: String?
        @Option(help: "Its address.") var address: String?
        @Flag(name: .customLong("no-rooms"), help: "Appointments there need no room.") var noRooms = false

        func run(at desk: Desk) async throws {
            var command = AddLocation()
            command.name = name
            if let zone { command.zone = zone }
            if let address { command.address = address }
            if noRooms { command.requiresRoom = false }
            try await desk.send(command) { ["Added: \(name), id \($0.id)."] }
        }
    }

    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "One location and its rooms.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of the name, or the id.") var location: String

        func run(at desk: Desk) async throws {
            let id = try await desk.location(location)
            try await desk.askOne(ListLocations(), id) {
                $0.rows.filter { $0.id == id }
            } show: { row in
                var query = ListRooms()
                query.location = id
                let rooms = try await desk.client.ask(query).rows
                return [row.name]
                    + Pairs.lines([("Zone", row.zone), ("Address", row.address), ("Id", "\(row.id)")])
                    + desk.lines(DirectoryViews.rooms(rooms))
            }
        }
    }
}

struct RoomVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "room", abstract: "The rooms.", subcommands: [List.self, Add.self, Show.self],
        defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "The rooms, of one location or all.")
        @OptionGroup var global: GlobalOptions
        @Option(help: "Only this location's.") var location: String?

        func run(at desk: Desk) async throws {
            var query = ListRooms()
            if let location { query.location = try await desk.location(location) }
            try await desk.ask(query) { desk.lines(DirectoryViews.rooms($0.rows)) }
        }
    }

    struct Add: Verb {
        static let configuration = CommandConfiguration(abstract: "Add a room to a location.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its name.") var name: String
        @Option(help: "Where it is.") var location: String
        @Option(help: "People it holds; 2 when left out.") var people: UInt32?
        @Option(name: .customLong("at-once"), help: "Appointments it may hold at once; 1 when left out.")
        var atOnce: UInt32?
        @Option(help: "What it has, as wheelchair; may be given more than once.") var feature: [String] = []
        @Option(help: "Minutes to make it ready.") var setup: UInt32?
        @Option(help: "Minutes to clear it.") var turnaround: UInt32?

        func run(at desk: Desk) async throws {
            var command = AddRoom()
            command.name = name
            command.location = try await desk.location(location)
            if let people { command.capacity = people }
            if let atOnce { command.concurrent = atOnce }
            command.features = feature
            if let setup { command.setupMinutes = setup }
            if let turnaround { command.turnaroundMinutes = turnaround }
            try await desk.send(command) { ["Added: \(name), id \($0.id)."] }
        }
    }

    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "One room.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Part of the name, or the id.") var room: String

        func run(at desk: Desk) async throws {
            let id = try await desk.room(room)
            try await desk.askOne(ListRooms(), id) {
                $0.rows.filter { $0.id == id }
            } show: { row in
                desk.lines(DirectoryViews.rooms([row]))
            }
        }
    }
}
