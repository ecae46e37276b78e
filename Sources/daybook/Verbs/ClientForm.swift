import Schema
import SwiftProtobuf

/// What is told about a client: on a terminal question by question, otherwise as JSON.
enum ClientForm {
    static var noTerminal: UsageError {
        UsageError("There is no terminal to ask at. Pipe JSON in, with - as the last argument.")
    }

    /// An empty command to be filled at the terminal, or what standard input says.
    ///
    /// - Throws: `UsageError` that names the field at fault.
    static func read<Command: Message>(_ type: Command.Type, _ input: String?) throws -> Command {
        guard let input else {
            guard Prompt.isPossible else { throw noTerminal }
            return Command()
        }
        guard input == "-" else { throw UsageError("Give - to read JSON from standard input, or nothing to be asked.") }
        do throws(FieldError) {
            return try JSONReader.decode(type, from: try standardInput())
        } catch {
            throw UsageError(error.description)
        }
    }

    private static func standardInput() throws(FieldError) -> [UInt8] {
        do {
            return try Prompt.standardInput()
        } catch {
            throw FieldError(path: "", problem: "Standard input is too long.")
        }
    }

    static func needed(_ question: String) throws -> String {
        guard let answer = Prompt.ask(question) else { throw UsageError("\(question) is needed.") }
        return answer
    }
}
