import ArgumentParser
import DaybookClient
import Foundation

/// The command line of a daybook.
@main
struct Daybook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybook",
        abstract: "Keep a clinic's book: bookings, people, hours, and the record of all that happened.",
        discussion: "Chapters of the handbook: daybook help commands, and those that `daybook help` lists.",
        subcommands: [Init.self, Status.self, OfflineVerifyChild.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Appointments",
                subcommands: [
                    AgendaVerb.self, Free.self, Book.self, Move.self, Cancel.self, Confirm.self, CheckIn.self,
                    Start.self,
                    End.self, NoShow.self, Record.self, EnteredInError.self,
                ]),
            CommandGroup(
                name: "People and places",
                subcommands: [
                    StaffVerbs.self, ClientVerbs.self, LocationVerbs.self, RoomVerbs.self, ServiceVerbs.self,
                    HoursVerbs.self, TimeOffVerbs.self, Contact.self, NoteVerbs.self,
                ]),
            CommandGroup(
                name: "Money",
                subcommands: [
                    ChargeVerbs.self, InvoiceVerbs.self, Pay.self, PaymentVerbs.self, Refund.self, PayerVerbs.self,
                    BalanceVerb.self,
                    AgeingVerb.self, ExplainVerbs.self, LedgerVerbs.self,
                ]),
            CommandGroup(
                name: "The record",
                subcommands: [
                    History.self, Audit.self, LogVerbs.self, Verify.self, Recover.self, Rebuild.self, DigestVerb.self,
                    ImportVerb.self,
                ]),
            CommandGroup(
                name: "Access and tools",
                subcommands: [TokenVerbs.self, Enrol.self, Do.self, Help.self, Completion.self]),
        ])

    @OptionGroup var global: GlobalOptions

    static func main() async {
        let screen = Screen.process(.process)
        let status = await run(HelpRequest.rewritten(Array(CommandLine.arguments.dropFirst())), screen)
        Foundation.exit(status.rawValue)
    }

    /// Runs one command line, and says on the screen why it failed.
    static func run(_ arguments: [String], _ screen: Screen) async -> ExitStatus {
        var asked: (any ParsableCommand)?
        do {
            if let complaint = BelowZero.complaint(in: arguments) { throw complaint }
            var command = try parseAsRoot(arguments)
            asked = command
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            return report(error, of: asked, screen)
        }
    }

    private static func report(
        _ error: any Error, of command: (any ParsableCommand)?, _ screen: Screen
    ) -> ExitStatus {
        switch error {
        case let error as ClientError:
            let page = command.map { helpMessage(for: type(of: $0)) } ?? ""
            screen.complain(
                ProblemText.lines(error, isColoured: screen.isColoured) { FieldOption.hint(for: $0, on: page) })
            if let command = command as? any TakesGlobalOptions, command.global.json,
                let document = error.problem?.document, !document.isEmpty
            {
                screen.write(document)
            }
        case let error as UsageError: screen.complain(ProblemText.lines(error))
        case let code as ExitCode: return ExitStatus(rawValue: code.rawValue) ?? .refused
        default:
            let message = fullMessage(for: error)
            guard exitCode(for: error) != .success else {
                screen.write([message])
                return .done
            }
            screen.complain([message])
            return .usage
        }
        return ExitStatus(error)
    }
}
