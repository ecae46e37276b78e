import Foundation

/// A private text, which is typed or piped and never stands among the arguments.
enum PrivateText {
    /// - Throws: `UsageError` when nothing is given.
    static func read(_ what: String) throws -> String {
        let text =
            Prompt.isPossible
            ? Prompt.ask(what) ?? ""
            : try utf8(try Prompt.standardInput(), what)
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw UsageError("\(what) is missing; type it, or pipe it in.") }
        return trimmed
    }

    /// Nothing of it is replaced in silence: what is kept must be what was written.
    private static func utf8(_ bytes: [UInt8], _ what: String) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UsageError("\(what) is not UTF-8. Convert it first, as with: iconv -f latin1 -t utf-8")
        }
        return text
    }
}
