import API
import ArgumentParser
import Engine
import Foundation
import Logging

/// The daemon: arguments and wiring.
@main
struct Daybookd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybookd", abstract: "Runs one clinic's system of record.",
        discussion: "What is said here wins over the configuration file.", version: Daybook.version)

    @OptionGroup var arguments: Arguments

    @Option(
        help: ArgumentHelp(
            "Links this user id to the first owner, says so in the log for all to see, and ends. "
                + "For lost access, while no daemon runs.", valueName: "uid"))
    var recoverOwner: UInt32?

    func run() async throws {
        do {
            ProcessGuards.apply()
            let settings = try await Settings(arguments)
            if let recoverOwner {
                try await Recovering(settings).run(uid: recoverOwner)
            } else {
                try await Serving(settings).run()
            }
        } catch {
            StandardError.say(StartProblem.sentence(error))
            throw ExitCode(1)
        }
    }
}
