import ArgumentParser
import Demo
import Foundation
import Timetable

/// Makes a demo clinic: arguments and wiring.
@main
struct DaybookDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybook-demo", abstract: "Makes a clinic with a year of fictional sessions.",
        discussion: "It is simulated for ever. Run it with daybookd; act as one of its cast with daybook --as MEMBER.")

    @Option(help: "The folder of the clinic's data; must not hold one yet.")
    var data: String

    @Option(help: "The folder of its keys, outside the data; <data>.keys when left out.")
    var keys: String?

    @Option(help: "The folder for one token file a member of the cast; <data>.tokens when left out.")
    var tokens: String?

    @Option(help: "The same seed and day make the same clinic.")
    var seed: UInt64 = 1

    @Option(help: "YYYY-MM-DD: the demo ends as this day begins in New York.")
    var today: String?

    func run() async throws {
        umask(0o077)
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        guard let today = today.map({ LocalDate(iso: $0) }) ?? DemoOptions.todayAtPractice(nowMs: now) else {
            throw ValidationError("--today must be a date that exists, like 2026-12-01.")
        }
        let options = DemoOptions(
            dataDirectory: data, keysDirectory: keys, tokensDirectory: tokens, seed: seed, today: today)
        let summary = try await DemoClinic.make(options) { permille in
            let bar = "\rA year at the practice: \(permille / 10) % "
            FileHandle.standardError.write(Data(bar.utf8))
        }
        let line =
            "\rMade \(summary.events) events: \(summary.clients) clients, \(summary.appointments) appointments. "
            + "Tokens are in \(summary.tokensDirectory).\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
