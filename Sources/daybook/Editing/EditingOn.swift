import DaybookClient
import Foundation

/// What was typed is not let go of because it could not be sent: it is edited on, while somebody is there to do so.
enum EditingOn {
    /// What to say above the text that is edited on.
    ///
    /// - Throws: the error, when nobody is at the terminal or they give the text up.
    static func remarks(after error: any Error, at desk: Desk) throws -> [String] {
        guard Prompt.isPossible else { throw error }
        desk.screen.complain(lines(error, isColoured: desk.screen.isColoured))
        guard Prompt.ask("Not saved. Enter to edit on, q to give the text up") != "q" else { throw error }
        return lines(error, isColoured: false)
    }

    /// The error in a sentence or two.
    static func words(_ error: any Error) -> String {
        lines(error, isColoured: false).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    }

    private static func lines(_ error: any Error, isColoured: Bool) -> [String] {
        switch error {
        case let error as ClientError: ProblemText.lines(error, isColoured: isColoured)
        case let error as UsageError: ProblemText.lines(error)
        default: ["\(error)"]
        }
    }
}
