import ArgumentParser
import Manual
import Schema

struct Help: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help", abstract: "A chapter of the handbook, a command of the schema, or a verb.")

    @Argument(help: "Nothing lists what there is.") var topic: [String] = []

    mutating func run() async throws {
        let screen = Screen.process(.process)
        guard let first = topic.first else { return screen.write(Self.contents) }
        if let chapter = Handbook.chapter(first) { return screen.write([chapter.text.trimmedEnd]) }
        if let page = CommandHelp.text(for: first) { return screen.write([page.trimmedEnd]) }
        if let page = Self.verb(topic) { return screen.write([page]) }
        throw Self.unknown(first)
    }

    private static var contents: [String] {
        let chapters = Handbook.chapters.map { ($0.name, $0.title) }
        return [Daybook.helpMessage(), "", "CHAPTERS (daybook help CHAPTER)"] + Pairs.lines(chapters)
            + ["", "COMMANDS OF THE SCHEMA (daybook do NAME, daybook help NAME)"]
            + Requests.commands.map { "  \($0.name)" }
            + ["", "QUERIES OF THE SCHEMA"] + Requests.queries.map { "  \($0.name)" }
    }

    /// The usage of a verb and of what is below it.
    private static func verb(_ words: [String]) -> String? {
        var command: any ParsableCommand.Type = Daybook.self
        for word in words {
            let next = command.configuration.everySubcommand.first { type in
                (type.configuration.commandName ?? type._commandName) == word
            }
            guard let next else { return nil }
            command = next
        }
        return Daybook.helpMessage(for: command)
    }

    static func unknown(_ name: String) -> UsageError {
        if let near = CommandHelp.nearest(to: name) { return UsageError("There is no \(name). Did you mean \(near)?") }
        return UsageError("There is no \(name). daybook help lists the chapters, commands and queries.")
    }
}

extension CommandConfiguration {
    fileprivate var everySubcommand: [any ParsableCommand.Type] {
        subcommands + groupedSubcommands.flatMap(\.subcommands)
    }
}

struct Completion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the completion script of a shell: bash, zsh or fish.",
        discussion: "source <(daybook completion bash)")

    @Argument(help: "bash, zsh or fish.") var shell: String

    mutating func run() async throws {
        guard let shell = CompletionShell(rawValue: shell) else {
            throw UsageError("“\(shell)” has no completion here. There are: bash, zsh, fish.")
        }
        Screen.process(.process).write([Daybook.completionScript(for: shell)])
    }
}
