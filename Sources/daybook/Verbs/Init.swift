import ArgumentParser
import DaybookClient
import Foundation
import Schema

struct Init: Verb {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Begin a practice on an empty log. You become its first owner.")

    @OptionGroup var global: GlobalOptions
    @Option(help: "The practice's name.") var name: String?
    @Option(help: "Its time zone, as America/New_York.") var zone: String?
    @Option(name: .customLong("owner"), help: "Your name.") var owner: String?
    @Option(help: "Your sign-in address.") var email: String?
    @Option(help: "Its currency, USD when left out.") var currency: String?
    @Option(help: "Its jurisdiction, as US-NY.") var jurisdiction: String?
    @Option(name: .customLong("online-zone"), help: "The zone of online sessions; the practice's when left out.")
    var onlineZone: String?

    func run(at desk: Desk) async throws {
        var command = InitialisePractice()
        command.name = try name ?? asked("Name of the practice", "--name")
        command.zone = try zone ?? asked("Time zone, as America/New_York", "--zone")
        command.ownerName = try owner ?? asked("Your name", "--owner")
        if let email = try email ?? (Prompt.isPossible ? asked("Your sign-in address", "--email") : nil) {
            command.ownerEmail = email
        }
        if let currency { command.currency = currency }
        if let jurisdiction { command.jurisdiction = jurisdiction }
        if let onlineZone { command.onlineZone = onlineZone }
        try await desk.send(command) { _ in
            ["The practice has begun, and you are its owner. Next: daybook location add, staff add, service add."]
        }
    }

    private func asked(_ question: String, _ option: String) throws -> String {
        guard Prompt.isPossible, let answer = Prompt.ask(question) else { throw UsageError("\(option) is missing.") }
        return answer
    }
}
