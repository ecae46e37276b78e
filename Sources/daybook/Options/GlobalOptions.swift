import ArgumentParser

/// The options of every verb.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's socket.", valueName: "path"))
    var socket: String?

    @Option(
        name: .customLong("as"), help: ArgumentHelp("Act as this member, by their token file.", valueName: "member"))
    var member: String?

    @Option(help: ArgumentHelp("The folder of token files, one <member>.token each.", valueName: "folder"))
    var tokens: String?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("Answer as it was known then, in the practice's zone.", valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Repeat a command under the key it had; that does nothing twice.", valueName: "uuid"))
    var key: String?

    @Flag(help: "Print the API's own answer.")
    var json = false
}
