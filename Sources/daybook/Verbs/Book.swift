import ArgumentParser
import DaybookClient
import Schema
import Timetable

/// What a booking and a move share.
struct OverrideOptions: ParsableArguments {
    @Option(
        name: .customLong("override"),
        help: ArgumentHelp(
            "Accept this kind of conflict, as a refusal names it; may be given more than once. Why is asked for, or read "
                + "from standard input.", valueName: "kind"))
    var kinds: [String] = []

    /// The kinds, and why: a reason may tell of a person, so that it is no argument.
    func accepted() throws -> (kinds: [ConflictClass.Value], reason: String)? {
        guard !kinds.isEmpty else { return nil }
        return (try kinds.map(EnumWord.conflict), try PrivateText.read("Why it is accepted"))
    }
}

struct Book: Verb {
    static let configuration = CommandConfiguration(abstract: "Book an appointment.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Number, id, or part of a name.", valueName: "client")) var client: String
    @Option(help: ArgumentHelp("Part of a staff name.", valueName: "staff")) var with: String
    @Option(help: ArgumentHelp("Code, name, or part of it.", valueName: "service")) var service: String
    @Option(
        name: [.customLong("at"), .customLong("start")],
        help: ArgumentHelp("When, on the clock at the place: 2026-12-01T14:00, “tomorrow 14:00”.", valueName: "time"))
    var start: String
    @Option(help: "Where; left out for online and phone.") var location: String?
    @Option(help: "Any free one when left out.") var room: String?
    @Option(help: "The service's own length when left out.") var minutes: UInt32?
    @Option(help: "in-person, online or phone.") var how: String?
    @Flag(help: "Entered after it took place. Why is asked for, or read from standard input.") var afterwards = false
    @OptionGroup var override: OverrideOptions

    func run(at desk: Desk) async throws {
        let words = TimeWords(today: try await desk.practice().today)
        var command = BookAppointment()
        command.start = try words.time(start).description
        command.staff = try await desk.staff(with)
        command.service = try await desk.service(service)
        if let location { command.location = try await desk.location(location) }
        if let room { command.room = try await desk.room(room, at: command.hasLocation ? command.location : nil) }
        if let minutes { command.minutes = minutes }
        if let how { command.modality = try EnumWord.modality(how) }
        let accepted = try override.accepted()
        if let accepted { (command.override, command.overrideReason) = accepted }
        // Of standard input there is one: it says why for both.
        if afterwards {
            command.retrospectiveReason = try accepted?.reason ?? PrivateText.read("Why it is entered afterwards")
        }
        command.client = try await desk.client(client)
        try await desk.send(command) { ReplyText.arranged("Booked", $0) }
    }
}

/// What a command did, in a sentence or two.
enum ReplyText {
    /// - Parameter charged: What the charge is that it posted, if it posted one.
    static func arranged(_ verb: String, _ reply: Reply, charged: String = "Charged") -> [String] {
        var line = "\(verb): appointment \(reply.id)"
        if reply.hasStart {
            line += ", \(reply.start.replacing("T", with: " "))"
            if reply.hasEnd { line += "–\(reply.end.dropFirst(11))" }
        }
        if reply.hasRoom { line += ", room \(reply.room)" }
        let charge = reply.hasCharge ? ["  \(charged): charge \(reply.charge)."] : []
        return [line + "."] + notes(reply, "Changed: appointment") + charge
    }

    /// - Parameter changed: What happened to what it did not name, and what that is.
    static func done(_ what: String, _ reply: Reply, changed: String = "Changed: appointment") -> [String] {
        ["\(what) (position \(reply.position))."] + notes(reply, changed)
    }

    private static func notes(_ reply: Reply, _ changed: String) -> [String] {
        var lines: [String] = []
        if reply.overlapFirst { lines.append("  That time comes twice on that day; the first is meant.") }
        if reply.late { lines.append("  It counts as late.") }
        lines += reply.overridden.map { "  Accepted: \("\($0)".spaced)." }
        lines += reply.changed.map { "  \(changed) \($0)." }
        return lines
    }
}
