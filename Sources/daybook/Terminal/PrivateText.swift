import Foundation

/// A private text, which is typed or piped and never stands among the arguments.
enum PrivateText {
    /// - Throws: `UsageError` when nothing is given.
    static func read(_ what: String) throws -> String {
        let text =
            Prompt.isPossible
            ? Prompt.ask(what) ?? ""
            : String(decoding: try Prompt.standardInput(), as: UTF8.self)
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw UsageError("\(what) is missing; type it, or pipe it in.") }
        return trimmed
    }
}
