import ArgumentParser
import EventStore
import Foundation
import Vault

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

    @Argument var folder: String
    @Option var keys: String?

    mutating func run() async throws {
        let screen = Screen.process(.process)
        let tell: (OfflineFinding) -> Void = { screen.write($0.line) }
        let report: VerificationReport
        do throws(LogError) {
            report = try LogVerifier.verifyCopy(at: folder, keysDirectory: keys) { position, size in
                tell(.progress(permille: Self.permille(position, of: size), step: "position \(position)"))
            }
        } catch {
            throw UsageError("The copy cannot be read: \(error).")
        }
        let keyFaults = keys.map { KeyFiles.faults(in: $0) } ?? []
        for fault in report.faults.map(\.description) + keyFaults { tell(.fault(fault)) }
        if report.faultCount > UInt64(report.faults.count) {
            tell(.fault("\(report.faultCount) faults in all; the first are listed"))
        }
        let isUnsigned = report.isIntact && !report.isVouchedFor
        if isUnsigned {
            tell(
                .fault(
                    "nothing signed was found, neither a checkpoint nor an anchor: nobody vouches for these "
                        + "\(report.size) events, though they agree with one another"))
        }
        let signed = report.checkpointSize.map { "\($0)" } ?? "none"
        tell(.summary("\(report.size) events, of which a signed checkpoint holds \(signed)."))
        if !report.isIntact || isUnsigned || !keyFaults.isEmpty { throw ExitCode(ExitStatus.damaged.rawValue) }
    }

    private static func permille(_ position: UInt64, of size: UInt64) -> Int {
        size == 0 ? 0 : Int(Double(min(position, size)) / Double(size) * 1_000)
    }
}
