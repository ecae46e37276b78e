import ArgumentParser
import DaybookClient
import Schema
import Timetable

/// Which appointment: its id, or whose it is and on which day.
struct AppointmentChoice: ParsableArguments {
    @Argument(help: "The appointment's id.")
    var appointment: UInt64?

    @Option(help: ArgumentHelp("Instead of the id: whose it is.", valueName: "client"))
    var client: String?

    @Option(help: ArgumentHelp("With --client: on which day; today when left out.", valueName: "date"))
    var day: String?

    func validate() throws {
        guard (appointment == nil) != (client == nil) else {
            throw ValidationError("Name the appointment: its id, or --client and the --day.")
        }
    }

    /// - Throws: `UsageError` when there is not exactly one on that day.
    func find(at desk: Desk) async throws -> UInt64 {
        if let appointment { return appointment }
        let practice = try await desk.practice()
        let date = try TimeWords(today: practice.today).date(day ?? "today")
        var query = Agenda()
        query.client = try await desk.client(client ?? "")
        query.from = date.description
        let rows = try await desk.client.ask(query).rows
        guard let row = rows.first, rows.count == 1 else {
            throw UsageError(
                rows.isEmpty
                    ? "The client has no appointment on \(date.inWords)."
                    : "The client has \(rows.count) appointments on \(date.inWords). Name one by its id:",
                choices: rows.map { "\($0.id)  \($0.start.dropFirst(11))  \($0.serviceName)" })
        }
        return row.id
    }
}
