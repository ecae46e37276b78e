import Foundation
import LMDBKit

/// Notices when the wall clock jumps against the time since boot, within one boot, restarts of the daemon included.
struct ClockWatch {
    /// More than an hour is no correction but a mistake.
    static let jumpMaxMs: Int64 = 3_600_000
    private let clock: EngineClock
    private let note: ClockNote
    private var offsetMs: Int64?

    /// - Parameter isFresh: nothing is recorded yet that the clock could have been right about: it is taken as it is.
    init(_ clock: EngineClock, dataDirectory: String, isFresh: Bool) {
        self.clock = clock
        note = ClockNote(path: dataDirectory + "/clock", bootID: clock.bootID)
        if !isFresh, clock.sinceBootMs != nil, let kept = note.offsetMs {
            offsetMs = kept
        } else {
            accept()
        }
    }

    /// By how much the clock has jumped, when that is too much.
    func jumpMs() -> Int64? {
        guard let offsetMs, let sinceBoot = clock.sinceBootMs else { return nil }
        let jump = clock.nowMs() - sinceBoot() - offsetMs
        return abs(jump) > Self.jumpMaxMs ? jump : nil
    }

    /// Whether somebody names the jump that is meant: between reading it and accepting it the clocks are slewed a little.
    static func isSame(_ jumpMs: Int64, _ namedMs: Int64) -> Bool {
        let (difference, overflow) = jumpMs.subtractingReportingOverflow(namedMs)
        return !overflow && difference.magnitude <= 60_000
    }

    /// The clock is right as it is now.
    mutating func accept() {
        offsetMs = clock.sinceBootMs.map { clock.nowMs() - $0() }
        // What cannot be kept is only asked for again after a restart.
        if let offsetMs { try? note.keep(offsetMs) }
    }
}

/// `<data>/clock`: the wall clock less the time since boot, as it was last believed, and the boot for which that holds.
struct ClockNote {
    let path: String
    let bootID: String

    /// Nil when there is none of this boot.
    var offsetMs: Int64? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, lines[2].isEmpty, !bootID.isEmpty, lines[0] == "boot \(bootID)",
            lines[1].hasPrefix("offset "), let offset = Int64(lines[1].dropFirst(7)),
            // A damaged note must not make a jump that no clock can name.
            (-Self.offsetMaxMs...Self.offsetMaxMs).contains(offset)
        else { return nil }
        return offset
    }

    func keep(_ offsetMs: Int64) throws {
        try DurableReplace.write(Array("boot \(bootID)\noffset \(offsetMs)\n".utf8), to: path)
    }

    /// Ten thousand years.
    private static let offsetMaxMs: Int64 = 315_360_000_000_000
}
