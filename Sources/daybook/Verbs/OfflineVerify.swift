import ArgumentParser
import DaybookClient
import Foundation
import Schema

/// Checks a copy of a log in a child process: a corrupt page may end a process that maps it (SIGBUS, SIGSEGV), and the
/// answer must not end with it.
struct OfflineVerify {
    var folder: String
    /// Where the signing key and the second anchor are, if they are to hand.
    var keys: String?
    var json: Bool

    /// - Throws: `ClientError.damaged` when the child found damage or did not survive it.
    func run(_ screen: Screen) async throws {
        guard FileManager.default.fileExists(atPath: folder) else { throw UsageError("There is no folder \(folder).") }
        let meter = ProgressMeter(screen)
        let child = Process()
        let pipe = Pipe()
        child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = [OfflineVerifyChild.name, folder] + (keys.map { ["--keys", $0] } ?? [])
        child.standardOutput = pipe
        try child.run()
        var splitter = OutputLines()
        var report = OfflineReport()
        while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty {
            for line in splitter.lines(adding: data) {
                if let progress = report.read(line) { await meter.update(progress) }
            }
        }
        child.waitUntilExit()
        await meter.end()
        if child.terminationReason == .uncaughtSignal {
            report.faults.append(
                "the check was ended by signal \(child.terminationStatus) during: \(report.lastStep); a page is corrupt there"
            )
        } else if report.faults.isEmpty, child.terminationStatus != ExitStatus.done.rawValue {
            throw UsageError("The copy could not be checked.")
        }
        show(report, on: screen)
        if let first = report.faults.first { throw ClientError.damaged(first) }
    }

    private func show(_ report: OfflineReport, on screen: Screen) {
        if json { return screen.write(report.json) }
        if report.faults.isEmpty { return screen.write(["The copy verifies.\(report.summary.map { " \($0)" } ?? "")"]) }
        screen.write(report.faults.map(\.printable))
    }
}

/// What the child has said so far.
struct OfflineReport {
    var faults: [String] = []
    var summary: String?
    var lastStep = "opening the log"

    /// Takes one line of the child; answers the progress in it.
    mutating func read(_ line: [UInt8]) -> WorkProgress? {
        guard let value = try? StrictJSON.parse(line) else { return nil }
        if let fault = value["fault"]?.text { faults.append(fault) }
        if let summary = value["summary"]?.text { self.summary = summary }
        guard let step = value["step"]?.text else { return nil }
        lastStep = step
        return WorkProgress(permille: Int(clamping: value["progressPermille"]?.integer ?? 0), step: step)
    }

    var json: [UInt8] {
        var request = JobRequest()
        request.add("clean", faults.isEmpty)
        request.add("faults", json: "[\(faults.map(JobRequest.quoted).joined(separator: ","))]")
        return request.bytes
    }
}

/// Cuts a child's output into lines.
struct OutputLines {
    private var rest: [UInt8] = []

    mutating func lines(adding data: Data) -> [[UInt8]] {
        rest += data
        var lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        rest = lines.popLast() ?? []
        return lines.filter { !$0.isEmpty }
    }
}
