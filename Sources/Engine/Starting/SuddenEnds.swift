import CCrashMark
import Foundation

/// Counts the starts since the last end in order, in `<data>/sudden-ends`: what one of them may have died of, the next
/// looks at before it reads it.
///
/// An end by its own fault, a fault of memory above all, is told from a kill or a power cut: the line that the process
/// adds when it ends itself (`crash_mark_file`).
struct SuddenEnds: Sendable {
    private static let crashLine = "crash"

    private let path: String
    /// How many in a row came before this start.
    let count: Int
    /// How many of the latest of them in a row were crashes.
    let crashes: Int

    /// A start that is not followed by `forget` is a sudden end to the next.
    init(dataDirectory: String) {
        path = dataDirectory + "/sudden-ends"
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        let lines = text?.split(separator: "\n") ?? []
        let numbers = (lines.first ?? "").split(separator: " ").map { Int($0) ?? 1 }
        count = text == nil ? 0 : max(1, min(numbers.first ?? 1, 1_000))
        let isCrash = lines.contains { $0 == Self.crashLine }
        crashes = isCrash ? max(0, min(numbers.dropFirst().first ?? 0, 1_000)) + 1 : 0
        // Not synced: it is about the death of a process. After a power cut nothing unsynced is trusted anyway. Without
        // room for it a start is as careful as it would be without it.
        write(count: count + 1, crashes: crashes)
        crash_mark_file(path)
    }

    /// The process has lived so long that its end, if it is a sudden one, begins a row of its own.
    func beginRow() { write(count: 1, crashes: 0) }

    /// The process ends in order.
    func forget() {
        crash_mark_file(nil)
        try? FileManager.default.removeItem(atPath: path)
    }

    private func write(count: Int, crashes: Int) {
        try? Data("\(count) \(crashes)\n".utf8).write(to: URL(fileURLWithPath: path))
    }
}
