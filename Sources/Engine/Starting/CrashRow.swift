import CCrashMark
import Foundation

/// Counts in `<data>/crashes` how often in a row the process ended itself, by a fault of memory above all: what one start
/// may have died of, the next looks at before it reads it.
///
/// A kill or a power cut is none: it says nothing about the files, and ends a row. The line that tells a crash is added by
/// the process as it ends (`crash_mark_file`).
struct CrashRow: Sendable {
    private static let crashLine = "crash"

    private let path: String
    /// How many came right before this start.
    let count: Int

    init(dataDirectory: String) {
        path = dataDirectory + "/crashes"
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        let former = lines.first.flatMap { Int($0) } ?? 0
        count = lines.contains { $0 == Self.crashLine } ? max(0, min(former, 1_000)) + 1 : 0
        // Not synced: it is about the death of a process. After a power cut nothing unsynced is trusted anyway. Without
        // room for it a start is less careful.
        try? Data("\(count)\n".utf8).write(to: URL(fileURLWithPath: path))
        crash_mark_file(path)
    }

    /// The process has lived so long that a crash begins a row of its own.
    func end() { try? Data("0\n".utf8).write(to: URL(fileURLWithPath: path)) }

    /// The process ends in order.
    func forget() {
        crash_mark_file(nil)
        try? FileManager.default.removeItem(atPath: path)
    }
}
