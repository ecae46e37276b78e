import ArgumentParser
import Foundation

/// What a check of a copy says while it runs.
enum OfflineFinding: Sendable {
    case progress(permille: Int, step: String)
    /// Damage, with its position or its pages.
    case fault(String)
    /// What was checked, in a sentence.
    case summary(String)

    /// A line for the parent.
    var line: [UInt8] {
        var request = JobRequest()
        switch self {
        case .progress(let permille, let step):
            request.add("progressPermille", UInt64(clamping: permille))
            request.add("step", step)
        case .fault(let text): request.add("fault", text)
        case .summary(let text): request.add("summary", text)
        }
        return request.bytes
    }
}

/// The check itself, which may die on a corrupt page. Runs as a child of `daybook verify --offline`.
struct OfflineVerifyChild: AsyncParsableCommand {
    static let name = "verify-copy"
    static let configuration = CommandConfiguration(commandName: name, shouldDisplay: false)

    /// Checks the data folder at a path and reports as it goes; damage is a finding, and what is thrown is that the copy
    /// could not be looked at.
    typealias Check = @Sendable (_ folder: String, _ report: (OfflineFinding) -> Void) throws -> Void

    /// The log's own check; a build without one says so.
    static let check: Check? = nil

    @Argument var folder: String

    mutating func run() async throws {
        guard let check = Self.check else { throw UsageError("This build has no check of copies.") }
        let screen = Screen.process(.process)
        var isClean = true
        try check(folder) { finding in
            if case .fault = finding { isClean = false }
            screen.write(finding.line)
        }
        if !isClean { throw ExitCode(ExitStatus.damaged.rawValue) }
    }
}
