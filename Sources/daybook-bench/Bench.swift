import ArgumentParser
import Foundation

/// Measures the daemon on a made-up clinic beside what one would use instead, and prints medians. It asserts nothing but
/// that all answer alike.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybook-bench", abstract: "Measures the daemon on a made-up clinic.")

    @Option(help: "The daemon to measure.")
    var daybookd: String

    @Option(help: "A folder with the programs that tools/lib/bench/build makes.")
    var rivals: String

    @Option(help: "How to connect to an empty PostgreSQL that has the tables of tools/lib/bench/postgres.sql.")
    var postgres = ""

    @Option(help: "An empty folder on the disk to measure; what is in it afterwards may be removed.")
    var dir: String

    @Option(help: "How often everything is measured; the figures are medians.")
    var runs: Int?

    @Flag(help: "One short run: minutes become seconds, and the tails mean less.")
    var quick = false

    @Option(help: "Who is measured: some of daybook, postgres, sqlite, raw.", transform: Contestant.list)
    var only = Set(Contestant.allCases)

    @Option(
        help: "Measure from so many events on, again for each size: 10000,1000000.",
        transform: LogSizes.init)
    var events: LogSizes?

    @Flag(help: "Print a Markdown report that names the machine and the versions.")
    var report = false

    @Option(help: "The compiler's version, for the report.")
    var swift = "not said"

    @Option(help: "The commit that is measured, for the report.")
    var commit = "not said"

    private var scale: Scale { quick || stages.count > 1 ? .quick : .full }
    private var runsWanted: Int { runs ?? (quick ? 1 : 5) }
    private var stages: [UInt64] { events?.all ?? [0] }

    func validate() throws {
        let runsMax = scale.runsMax / stages.count
        guard (1...runsMax).contains(runsWanted) else { throw ValidationError("--runs must be 1 to \(runsMax).") }
        guard !only.contains(.postgres) || !postgres.isEmpty else { throw ValidationError("--postgres is missing.") }
    }

    func run() throws {
        let machine = Machine(dir: dir)
        let plan = try BookingPlan(scale)
        let planPath = dir + "/plan"
        try plan.write(to: planPath)
        let rawLimit = only.contains(.raw) ? RawLimit(executable: rivals + "/lmdb", dir: dir, scale) : nil
        let databases = databases(planPath)
        let daemon = only.contains(.daybook) ? Daemon(executable: daybookd, dir: dir) : nil
        defer { daemon?.kill() }
        var contest = try Contest(
            plan, scale, runs: runsWanted, rawLimit: rawLimit, daemon: daemon, rivals: databases)
        var measured: [(events: UInt64, figures: Figures)] = []
        for stage in stages { measured.append((stage, try contest.measure(from: stage))) }
        try contest.stop()
        if report {
            let versions = try databases.map { try $0.version() } + [rawLimit?.version()].compactMap(\.self)
            print(
                Report.heading(
                    machine, swift: swift, commit: commit, runs: runsWanted, versions: versions, scale))
        }
        print(Report(scale: scale, stages: measured).tables)
        if report { print(Report.notes) }
    }

    private func databases(_ planPath: String) -> [Rival] {
        [(Contestant.postgres, postgres), (.sqlite, dir + "/sqlite.db")]
            .filter { only.contains($0.0) }
            .map { Rival($0.0, executable: "\(rivals)/\($0.0.rawValue)", place: $0.1, planPath: planPath) }
    }
}

/// Tells the person at the terminal what goes on; the figures go to standard output.
func say(_ text: String) {
    FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
}
