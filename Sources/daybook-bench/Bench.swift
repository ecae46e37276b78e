import ArgumentParser
import Foundation

/// Measures the daemon on a made-up clinic, and prints medians. It asserts nothing.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybook-bench", abstract: "Measures the daemon on a made-up clinic.")

    @Option(help: "The daemon to measure.")
    var daybookd: String

    @Option(help: "An empty folder on the disk to measure; what is in it afterwards may be removed.")
    var dir: String

    @Option(help: "How often everything is measured; the figures are medians.")
    var runs = 5

    @Flag(help: "Fewer of everything: minutes become seconds, and the tails mean less.")
    var quick = false

    @Flag(help: "Print a Markdown report that names the machine and the versions.")
    var report = false

    @Option(help: "The compiler's version, for the report.")
    var swift = "not said"

    @Option(help: "The commit that is measured, for the report.")
    var commit = "not said"

    func validate() throws {
        let runsMax = (quick ? Scale.quick : Scale.full).runsMax
        guard (1...runsMax).contains(runs) else { throw ValidationError("--runs must be 1 to \(runsMax).") }
    }

    func run() throws {
        let machine = Machine(dir: dir)
        let scale = quick ? Scale.quick : Scale.full
        var figures = Figures()
        try measure(scale, &figures)
        if report { print(Report.heading(machine, swift: swift, commit: commit, runs: runs, scale)) }
        print(Report.table(figures))
        if report { print(Report.notes) }
    }

    private func measure(_ scale: Scale, _ figures: inout Figures) throws {
        let daemon = Daemon(executable: daybookd, dir: dir)
        defer { daemon.kill() }
        _ = try daemon.start()
        say("making the clinic")
        let clinic = try SampleClinic(on: daemon, scale)
        var desk = try BookingDesk(clinic, on: daemon)
        try desk.fillFirstWeek()
        for run in 1...runs {
            say("run \(run) of \(runs)")
            try RawCommits(dir: dir, scale).measure(&figures)
            try desk.measure(scale, &figures)
            try Questions(clinic, on: daemon).measure(scale, &figures)
        }
        try Footprint(daemon).measure(events: desk.events, &figures)
        say("rebuilding \(desk.events) events, \(runs) times")
        for _ in 1...runs { try Rebuilds(daemon).measure(events: desk.events, &figures) }
        say("starting, \(runs) times")
        for ending in Ending.allCases {
            for _ in 1...runs { try desk.measureStart(ending, &figures) }
        }
        try daemon.stop()
    }
}

/// Tells the person at the terminal what goes on; the figures go to standard output.
func say(_ text: String) {
    FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
}
