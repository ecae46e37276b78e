import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct Free: ReadingVerb {
    static let configuration = CommandConfiguration(abstract: "Times at which a service could be booked.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Code, name, or part of it.", valueName: "service")) var service: String
    @Option(help: ArgumentHelp("With this member of staff; may be given more than once.", valueName: "staff"))
    var with: [String] = []
    @Option(help: "At this location; may be given more than once.") var location: [String] = []
    @Option(help: ArgumentHelp("For this client.", valueName: "client")) var client: String?
    @Option(help: "in-person, online or phone.") var how: String?
    @Option(help: ArgumentHelp("From this date; today when left out.", valueName: "date")) var day: String?
    @Option(help: ArgumentHelp("Until this date, excluded; a week on when left out.", valueName: "date"))
    var to: String?
    @Option(help: "Minutes, where they are not the service's own.") var minutes: UInt32?
    @Option(help: "How many at most.") var limit: UInt32?

    func run(at desk: Desk) async throws {
        let words = TimeWords(today: try await desk.practice().today)
        var query = FreeSlots()
        query.service = try await desk.service(service)
        query.staff = try await desk.ids(with, desk.staff)
        query.locations = try await desk.ids(location, desk.location)
        if let client { query.client = try await desk.client(client) }
        if let how { query.modality = try EnumWord.modality(how) }
        query.from = try words.date(day ?? "today").description
        if let to { query.to = try words.date(to).description }
        if let minutes { query.minutes = minutes }
        if let limit { query.limit = limit }
        try await desk.ask(query) { answer in
            answer.rows.isEmpty
                ? ["Nothing is free."]
                : Self.table(answer.rows).lines(width: desk.screen.width, isColoured: desk.screen.isColoured)
        }
    }

    private static func table(_ rows: [SlotRow]) -> Table {
        Table(
            [
                .fixed("Day"), .fixed("Start"), .fixed("Time"), Table.Column("With"), Table.Column("Where"),
                .fixed("How"),
            ],
            rows.map { row in
                let place = [row.locationName, row.roomName].filter { !$0.isEmpty }.joined(separator: ", ")
                return [
                    LocalDate(iso: row.start.prefix(10))?.weekdayShort ?? "", row.start,
                    "\(row.start.dropFirst(11))–\(row.end.dropFirst(11))", row.staffName, place, row.modality.word,
                ]
            })
    }
}
