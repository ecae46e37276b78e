import ArgumentParser
import Demo
import Foundation
import Synchronization
import Timetable

/// Makes a demo clinic: arguments and wiring.
@main
struct DaybookDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybook-demo", abstract: "Makes a clinic with years of fictional sessions.",
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

    @Option(help: "Weeks of sessions before today; 52, or with --large 261, when left out.")
    var weeks: Int?

    @Flag(help: "A group practice in four places instead: 50 therapists, five years, over two million events.")
    var large = false

    @Option(help: "With --large: years of sessions before today, instead of --weeks.")
    var years: Int?

    @Option(help: "With --large: how many therapists, 1 to 50.")
    var therapists: Int?

    func validate() throws {
        guard (1...520).contains(weeks ?? 1) else { throw ValidationError("--weeks must be 1 to 520.") }
        guard (1...10).contains(years ?? 1) else { throw ValidationError("--years must be 1 to 10.") }
        guard (1...LargeSize.therapistsMax).contains(therapists ?? 1) else {
            throw ValidationError("--therapists must be 1 to \(LargeSize.therapistsMax).")
        }
        guard large || (years == nil && therapists == nil) else {
            throw ValidationError("--years and --therapists go with --large.")
        }
        guard weeks == nil || years == nil else { throw ValidationError("Either --weeks or --years.") }
    }

    func run() async throws {
        umask(0o077)
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        guard let today = today.map({ LocalDate(iso: $0) }) ?? DemoOptions.todayAtPractice(nowMs: now) else {
            throw ValidationError("--today must be a date that exists, like 2026-12-01.")
        }
        if large { try makeLarge(today) } else { try await make(today) }
    }

    private func make(_ today: LocalDate) async throws {
        var size = DemoSize.practice
        if let weeks { size.weeksBefore = weeks }
        let options = DemoOptions(
            dataDirectory: data, keysDirectory: keys, tokensDirectory: tokens, seed: seed, today: today, size: size)
        let summary = try await DemoClinic.make(options) { permille in
            tell("\rA year at the practice: \(permille / 10) % ")
        }
        tell(
            "\rMade \(summary.events) events: \(summary.clients) clients, \(summary.appointments) appointments. "
                + "Tokens are in \(summary.tokensDirectory).\n")
    }

    private func makeLarge(_ today: LocalDate) throws {
        var size = LargeSize.group
        if let weeks = weeks ?? years.map({ min($0 * 261 / 5, LargeSize.weeksMax) }) { size.weeks = weeks }
        if let therapists { size.therapists = therapists }
        let options = LargeOptions(
            dataDirectory: data, keysDirectory: keys, tokensDirectory: tokens, seed: seed, today: today, size: size)
        let isSeen = isatty(STDERR_FILENO) == 1
        let percent = Mutex(-1)
        let summary = try LargeClinic.make(options) { progress in
            // A file or a pipe has no use for it, and a person none for more than one a percent.
            guard isSeen, percent.withLock({ $0.changes(to: progress.percent) }) else { return }
            switch progress {
            case .playing(_, let events, let seconds):
                let rate = Int(Double(events) / max(seconds, 0.001))
                tell("\rYears at the practice: \(progress.percent) %, \(events) events, \(rate) a second ")
            case .readModels: tell("\rRead models: \(progress.percent) %\u{1B}[K")
            }
        }
        if isSeen { tell("\r\u{1B}[K") }
        print(summary)
        tell("Tokens are in \(summary.tokensDirectory).\n")
    }
}

extension LargeProgress {
    fileprivate var percent: Int {
        switch self {
        case .playing(let permille, _, _), .readModels(let permille): permille / 10
        }
    }
}

extension Int {
    /// Whether the value was another until now.
    fileprivate mutating func changes(to value: Int) -> Bool {
        defer { self = value }
        return self != value
    }
}

/// To the terminal, beside what is printed.
private func tell(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
