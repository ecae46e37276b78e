import Schema
import SwiftProtobuf

/// Reading words of a closed list: what came by binary Protobuf may hold any number.
enum Choice {
    /// The word, or the usual one when none was given.
    static func known<Word: SwiftProtobuf.Enum & CaseIterable>(
        _ word: Word?, _ path: String, usually usual: Word? = nil
    ) throws(Refusal) -> Word {
        guard let word = word ?? usual else { throw .field(path, "`\(path)` is missing.") }
        guard word.rawValue != 0, Word.allCases.contains(where: { $0 == word }) else {
            throw .field(path, "`\(path)` must be one of the words that it is described with.")
        }
        return word
    }

    static func known<Word: SwiftProtobuf.Enum & CaseIterable>(_ words: [Word], _ path: String) throws(Refusal) -> Set<
        Word
    > {
        for (index, word) in words.enumerated() { _ = try known(word, "\(path)[\(index)]") }
        return Set(words)
    }

    /// Who asked. Only the daemon itself may say that it was the daemon.
    static func requestedBy(
        _ word: RequestedBy.Value?, usually usual: RequestedBy.Value, _ asked: Asked
    ) throws(Refusal) -> RequestedBy.Value {
        let word = try known(word, "by", usually: usual)
        guard word != .system || asked.caller.kind == .system else {
            throw .field("by", "`by` must be client or clinic.")
        }
        return word
    }
}
