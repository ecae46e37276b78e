import Foundation

/// Counts the starts since the last end in order, in `<data>/sudden-ends`: what one of them may have died of, the next
/// looks at before it reads it.
struct SuddenEnds: Sendable {
    private let path: String
    /// How many in a row came before this start.
    let count: Int

    /// A start that is not followed by `forget` is a sudden end to the next.
    init(dataDirectory: String) {
        path = dataDirectory + "/sudden-ends"
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        count = text.map { max(1, Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 1) } ?? 0
        // Not synced: it is about the death of a process. After a power cut nothing unsynced is trusted anyway. Without
        // room for it a start is as careful as it would be without it.
        try? Data("\(min(count, 1_000) + 1)\n".utf8).write(to: URL(fileURLWithPath: path))
    }

    /// The process has lived so long that its end, if it is a sudden one, begins a row of its own.
    func beginRow() { try? Data("1\n".utf8).write(to: URL(fileURLWithPath: path)) }

    /// The process ends in order.
    func forget() { try? FileManager.default.removeItem(atPath: path) }
}
