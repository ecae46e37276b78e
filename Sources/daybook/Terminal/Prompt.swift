import Foundation
import Glibc

/// What is typed at the terminal or piped in, for what must not stand among the arguments that everyone can list.
enum Prompt {
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// An answer to a question; nil for an empty line.
    static func ask(_ question: String) -> String? {
        FileHandle.standardError.write(Data("\(question): ".utf8))
        guard let line = readLine(), !line.isEmpty else { return nil }
        return line
    }

    /// All of standard input.
    ///
    /// - Throws: `UsageError` when it is more than a request can be.
    static func standardInput(maxBytes: Int = 1 << 20) throws -> [UInt8] {
        let data = (try? FileHandle.standardInput.read(upToCount: maxBytes + 1)) ?? Data()
        guard data.count <= maxBytes else { throw UsageError("Standard input is longer than \(maxBytes) bytes.") }
        return Array(data)
    }
}
