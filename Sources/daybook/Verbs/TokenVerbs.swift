import ArgumentParser
import DaybookClient
import Foundation
import Schema

struct TokenVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens: issue one, revoke one, list them.",
        subcommands: [List.self, Issue.self, Revoke.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(
            abstract: "Tokens and links: your own; everybody's for an owner, a manager or an auditor.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            try await desk.ask(ListAccess()) { desk.lines(Self.table($0.rows, practice)) }
        }

        private static func table(_ rows: [AccessRow], _ practice: Practice) -> Table {
            let nowMs = Int64(Date().timeIntervalSince1970 * 1_000)
            return Table(
                [
                    .fixed("Kind"), Table.Column("Of"), Table.Column("Label"), .number("Uid"), .fixed("Good until"),
                    .fixed("State"), .number("Id"),
                ],
                rows.map { row in
                    [
                        row.kind, row.staffName, row.label, row.hasUid ? "\(row.uid)" : "",
                        row.hasExpiresAt ? practice.wallClock(row.expiresAt) : "",
                        row.stands(nowMs: nowMs), "\(row.id)",
                    ]
                })
        }
    }

    struct Issue: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Issue a token. Its secret is made here and kept in a file that only you can read.",
            discussion: "For somebody else it is an enrolment, which they exchange for a token of their own.")
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("For whom; yourself when left out.", valueName: "staff")) var `for`: String?
        @Option(help: "What it is for.") var label: String?
        @Option(help: "Days it is good for; 90 when left out.") var days: UInt32?
        @Option(help: ArgumentHelp("The file to write the secret to.", valueName: "file")) var out: String

        func run(at desk: Desk) async throws {
            let secret = TokenSecret.make()
            var command = IssueToken()
            if let `for` { command.staff = try await desk.staff(`for`) }
            if let label { command.label = label }
            if let days { command.days = days }
            command.sha256 = secret.sha256
            // Before the command: a secret that cannot be kept must not open anything.
            try secret.write(to: out)
            do {
                try await desk.send(command) { ["Issued: token \($0.id), its secret is in \(out)."] }
            } catch {
                TokenSecret.discard(out, after: error)
                throw error
            }
        }
    }

    struct Revoke: Verb {
        static let configuration = CommandConfiguration(abstract: "Revoke a token. It is dead at once.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The token's id.") var token: UInt64

        func run(at desk: Desk) async throws {
            var command = RevokeToken()
            command.token = token
            try await desk.send(command) { ReplyText.done("Revoked", $0) }
        }
    }
}

struct Enrol: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Take up a link or an enrolment that was offered to you.",
        discussion: "With an enrolment's token shown ($DAYBOOK_TOKEN_FILE), --out gets the secret of your own new one.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The file to write your token's secret to.", valueName: "file")) var out: String?

    func run(at desk: Desk) async throws {
        var command = CompleteEnrolment()
        guard let out else {
            return try await desk.send(command) { ReplyText.done("Completed", $0) }
        }
        let secret = TokenSecret.make()
        command.sha256 = secret.sha256
        try secret.write(to: out)
        do {
            try await desk.send(command) { _ in ["Completed: your token's secret is in \(out)."] }
        } catch {
            TokenSecret.discard(out, after: error)
            throw error
        }
    }
}

extension AccessRow {
    /// What has become of it.
    func stands(nowMs: Int64) -> String {
        if revoked { return "revoked" }
        if hasExpiresAt, expiresAt <= nowMs { return "expired" }
        return awaitsHolder ? "awaits its holder" : "good"
    }
}
