import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct Cancel: Verb {
    static let configuration = CommandConfiguration(abstract: "Cancel an appointment.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Option(help: ArgumentHelp("Who cancels: client or clinic.", valueName: "party")) var by: String?
    @Option(help: "Why, as client-illness, therapist-illness, weather.") var reason: String?
    @Option(help: ArgumentHelp("When notice was given; now when left out.", valueName: "time")) var notice: String?
    @Option(help: "Refuse when there was a change after this position.") var expecting: UInt64?
    @Flag(help: "Ask for a note, or read it from standard input.") var note = false

    func run(at desk: Desk) async throws {
        var command = CancelAppointment()
        command.appointment = try await choice.find(at: desk)
        if let by { command.by = try EnumWord.by(by) }
        if let reason { command.reason = try EnumWord.value(reason, "reason") }
        if let notice {
            command.notice = try TimeWords(today: try await desk.practice().today).time(notice).description
        }
        if let expecting { command.expecting = expecting }
        if note { command.note = try PrivateText.read("Note") }
        try await desk.send(command) { ReplyText.arranged("Cancelled", $0, charged: "A fee is proposed") }
    }
}

struct Confirm: Verb {
    static let configuration = CommandConfiguration(abstract: "Record that the client confirmed.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Option(help: ArgumentHelp("Who confirmed; the client when left out.", valueName: "party")) var by: String?
    @Option(name: .customLong("by-way-of"), help: "phone, sms, email, in-person or portal.") var channel: String?

    func run(at desk: Desk) async throws {
        var command = ConfirmAppointment()
        command.appointment = try await choice.find(at: desk)
        if let by { command.by = try EnumWord.by(by) }
        if let channel { command.channel = try EnumWord.value(channel, "channel") }
        try await desk.send(command) { ReplyText.arranged("Confirmed", $0) }
    }
}
