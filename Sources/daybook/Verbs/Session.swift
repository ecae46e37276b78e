import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct CheckIn: Verb {
    static let configuration = CommandConfiguration(commandName: "checkin", abstract: "The client has arrived.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Flag(name: .customLong("id-checked"), help: "Their identity was checked.") var idChecked = false

    func run(at desk: Desk) async throws {
        var command = CheckInClient()
        command.appointment = try await choice.find(at: desk)
        if idChecked { command.idChecked = true }
        try await desk.send(command) { ReplyText.arranged("Checked in", $0) }
    }
}

struct Start: Verb {
    static let configuration = CommandConfiguration(abstract: "The session begins.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Flag(help: "Online: ask where the client is, for emergencies, or read it from standard input.") var place = false
    @Option(help: "Online: the jurisdiction of that place, as US-NJ.") var jurisdiction: String?

    func run(at desk: Desk) async throws {
        var command = StartSession()
        command.appointment = try await choice.find(at: desk)
        if place { command.clientPlace = try PrivateText.read("Where the client is") }
        if let jurisdiction { command.clientJurisdiction = jurisdiction }
        try await desk.send(command) { ReplyText.arranged("Started", $0) }
    }
}

struct End: Verb {
    static let configuration = CommandConfiguration(abstract: "The session is over.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice

    func run(at desk: Desk) async throws {
        var command = EndSession()
        command.appointment = try await choice.find(at: desk)
        try await desk.send(command) { ReplyText.arranged("Ended", $0) }
    }
}

struct NoShow: Verb {
    static let configuration = CommandConfiguration(commandName: "noshow", abstract: "The client did not come.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Option(help: "Minutes waited.") var waited: UInt32?
    @Flag(help: "Somebody tried to reach them.") var tried = false

    func run(at desk: Desk) async throws {
        var command = MarkNoShow()
        command.appointment = try await choice.find(at: desk)
        if let waited { command.minutesWaited = waited }
        if tried { command.contactTried = true }
        try await desk.send(command) { ReplyText.arranged("Marked as a no-show", $0, charged: "A fee is proposed") }
    }
}

struct Record: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Record a session afterwards, with the times it took.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Option(help: ArgumentHelp("As planned when left out.", valueName: "time")) var started: String?
    @Option(help: ArgumentHelp("As planned when left out.", valueName: "time")) var ended: String?

    func run(at desk: Desk) async throws {
        let words = TimeWords(today: try await desk.practice().today)
        var command = RecordSession()
        command.appointment = try await choice.find(at: desk)
        if let started { command.started = try words.time(started).description }
        if let ended { command.ended = try words.time(ended).description }
        try await desk.send(command) { ReplyText.arranged("Recorded", $0) }
    }
}

struct EnteredInError: Verb {
    static let configuration = CommandConfiguration(
        commandName: "error", abstract: "Mark an appointment that should never have been entered.",
        discussion: "The reason is asked for, or read from standard input.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice

    func run(at desk: Desk) async throws {
        var command = MarkEnteredInError()
        command.appointment = try await choice.find(at: desk)
        command.reason = try PrivateText.read("Reason")
        try await desk.send(command) { ReplyText.arranged("Marked as entered in error", $0) }
    }
}
