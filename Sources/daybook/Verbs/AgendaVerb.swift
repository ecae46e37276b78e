import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct AgendaVerb: ReadingVerb {
    static let configuration = CommandConfiguration(
        commandName: "agenda",
        abstract: "What is on: today, a day, or a week as a calendar.",
        discussion: "Without --with, --room, --client or --location: your own for a therapist, everybody's for others.")

    @OptionGroup var global: GlobalOptions
    @Flag(help: "The whole week.") var week = false
    @Option(help: ArgumentHelp("From this date; today when left out.", valueName: "date")) var day: String?
    @Option(help: ArgumentHelp("Until this date, excluded.", valueName: "date")) var to: String?
    @Option(help: ArgumentHelp("Of this member of staff.", valueName: "staff")) var with: String?
    @Option(help: "Of this room.") var room: String?
    @Option(help: "At this location.") var location: String?
    @Option(help: ArgumentHelp("Of this client: number, id, or part of a name.", valueName: "client"))
    var client: String?
    @Flag(help: "Also those cancelled, missed, or entered in error.") var all = false
    @Flag(help: "A list, even for a week.") var list = false

    func run(at desk: Desk) async throws {
        let practice = try await desk.practice()
        let words = TimeWords(today: practice.today)
        var from = try words.date(day ?? "today")
        if week { from = from.monday }
        var query = Agenda()
        if let with { query.staff = try await desk.staff(with) }
        if let location { query.location = try await desk.location(location) }
        if let room { query.room = try await desk.room(room, at: query.hasLocation ? query.location : nil) }
        if let client { query.client = try await desk.client(client) }
        if !isNarrowed, practice.caller.roles.contains(.therapist) { query.staff = practice.caller.staff }
        query.from = from.description
        guard let until = try to.map(words.date) ?? from.adding(days: week ? 7 : 1) else {
            throw UsageError(
                "The calendar ends on \(LocalDate.max), and that day cannot be shown. Choose an earlier one.")
        }
        query.to = until.description
        if all { query.all = true }
        let question = query
        let zone = practice.caller.zone
        try await desk.ask(question) { answer in
            grid(answer.rows, question, from, zone, desk.screen)
                ?? AgendaView.lines(
                    answer.rows, zone: zone, width: desk.screen.width, isColoured: desk.screen.isColoured)
        }
    }

    private var isNarrowed: Bool { with != nil || room != nil || location != nil || client != nil }

    /// A calendar for a week of one person or one room, where there is room for one.
    private func grid(
        _ rows: [AppointmentRow], _ query: Agenda, _ monday: LocalDate, _ zone: String, _ screen: Screen
    ) -> [String]? {
        guard week, !list, to == nil else { return nil }
        let subject: AgendaView.Subject
        if query.hasStaff {
            subject = .staff
        } else if query.hasClient {
            subject = .client
        } else if query.hasRoom {
            subject = .room
        } else {
            return nil
        }
        let grid = WeekGrid(monday: monday, entries: AgendaView.entries(rows, of: subject, zone: zone))
        return grid.lines(width: screen.width ?? 120, isColoured: screen.isColoured)
    }
}
