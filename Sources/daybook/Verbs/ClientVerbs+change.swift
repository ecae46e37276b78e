import ArgumentParser
import DaybookClient
import Schema

extension ClientVerbs {
    struct Add: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Register a client. Asks on a terminal; `add -` reads JSON from standard input.",
            discussion: """
                A client's name is no argument, because every user of the machine can list those. The JSON has the fields \
                of RegisterClient: daybook help RegisterClient.
                """)
        @OptionGroup var global: GlobalOptions
        @Argument(help: "- for JSON on standard input.") var input: String?
        @Option(help: ArgumentHelp("The primary therapist.", valueName: "staff")) var therapist: String?
        @Option(help: "As US-NY; the practice's when left out.") var jurisdiction: String?
        @Option(
            name: .customLong("not"),
            help: ArgumentHelp("Shown as a possible duplicate and found to be another.", valueName: "client id"))
        var others: [UInt64] = []

        func run(at desk: Desk) async throws {
            var command = try ClientForm.read(RegisterClient.self, input)
            if input == nil { try ask(&command) }
            if let therapist { command.primaryTherapist = try await desk.staff(therapist) }
            if let jurisdiction { command.jurisdiction = jurisdiction }
            command.duplicatesAcknowledged += others
            try await desk.send(command) { ["Registered: \($0.number), id \($0.id)."] }
        }

        private func ask(_ command: inout RegisterClient) throws {
            command.givenName = try ClientForm.needed("Given name")
            command.familyName = try ClientForm.needed("Family name")
            if let born = Prompt.ask("Date of birth, YYYY-MM-DD, empty when not known") {
                command.dateOfBirth = born
            } else {
                command.dateOfBirthUnknown = true
            }
            if let email = Prompt.ask("Email") { command.email = email }
            if let phone = Prompt.ask("Phone") { command.phone = phone }
            if let address = Prompt.ask("Address") { command.address = address }
            if let pronouns = Prompt.ask("Pronouns") { command.pronouns = pronouns }
            if let basis = Prompt.ask("For a minor: who consents") { command.minorConsentBasis = basis }
        }
    }

    struct Update: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Change a client's details: a field on a terminal, or JSON with `update CLIENT -`.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String
        @Argument(help: "- for JSON on standard input.") var input: String?
        @Option(help: "Refuse when there was a change after this position.") var expecting: UInt64?

        func run(at desk: Desk) async throws {
            var command = try ClientForm.read(UpdateClientDetails.self, input)
            if input == nil { try ask(&command) }
            command.client = try await desk.client(client)
            if let expecting { command.expecting = expecting }
            try await desk.send(command) { ReplyText.done("Changed", $0) }
        }

        private func ask(_ command: inout UpdateClientDetails) throws {
            guard Prompt.isPossible else { throw ClientForm.noTerminal }
            if let text = Prompt.ask("Given name, empty to keep it") { command.givenName = text }
            if let text = Prompt.ask("Family name") { command.familyName = text }
            if let text = Prompt.ask("Date of birth, YYYY-MM-DD") { command.dateOfBirth = text }
            if let text = Prompt.ask("Email") { command.email = text }
            if let text = Prompt.ask("Phone") { command.phone = text }
            if let text = Prompt.ask("Address") { command.address = text }
        }
    }
}
