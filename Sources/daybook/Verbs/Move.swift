import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct Move: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Move an appointment: to another time, room, therapist or place. What is not named stays.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var choice: AppointmentChoice
    @Option(help: ArgumentHelp("The new start, on the clock at the place.", valueName: "time")) var to: String?
    @Option(help: ArgumentHelp("Another member of staff.", valueName: "staff")) var with: String?
    @Option(help: "Another location.") var location: String?
    @Option(help: "Another room.") var room: String?
    @Option(help: "Another length.") var minutes: UInt32?
    @Option(help: "in-person, online or phone.") var how: String?
    @Option(help: ArgumentHelp("Who asked: client or clinic.", valueName: "party")) var by: String?
    @Option(help: ArgumentHelp("When notice was given; now when left out.", valueName: "time")) var notice: String?
    @Option(help: "Refuse when there was a change after this position.") var expecting: UInt64?
    @Flag(name: .customLong("reason"), help: "Ask for the reason, or read it from standard input.") var asksReason =
        false
    @OptionGroup var override: OverrideOptions

    func run(at desk: Desk) async throws {
        let words = TimeWords(today: try await desk.practice().today)
        var command = RescheduleAppointment()
        command.appointment = try await choice.find(at: desk)
        if let to { command.start = try words.time(to).description }
        if let with { command.staff = try await desk.staff(with) }
        if let location { command.location = try await desk.location(location) }
        if let room { command.room = try await desk.room(room, at: command.hasLocation ? command.location : nil) }
        if let minutes { command.minutes = minutes }
        if let how { command.modality = try EnumWord.modality(how) }
        if let by { command.by = try EnumWord.by(by) }
        if let notice { command.notice = try words.time(notice).description }
        if let expecting { command.expecting = expecting }
        let accepted = try override.accepted()
        if let accepted { (command.override, command.overrideReason) = accepted }
        if asksReason { command.reason = try accepted?.reason ?? PrivateText.read("Reason") }
        try await desk.send(command) { ReplyText.arranged("Moved", $0) }
    }
}
