import ArgumentParser
import DaybookClient
import Schema

struct LogVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The log itself: its events, its checkpoint, its proofs.",
        subcommands: [Events.self, Checkpoint.self, Key.self, Proof.self], defaultSubcommand: Events.self)

    struct Events: Verb {
        static let configuration = CommandConfiguration(abstract: "The events, in order.")
        @OptionGroup var global: GlobalOptions
        @Flag(name: .shortAndLong, help: "Go on with those still to come.") var follow = false
        @Option(help: "Only after this position.") var after: UInt64?
        @Option(help: "How many at most.") var limit: Int?

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
        }

        func run(at desk: Desk) async throws {
            // An auditor who may read the log need not be a member whom WhoAmI knows by zone.
            let practice = try? await desk.practice()
            var count = 0
            for try await line in try await desk.client.events(after: after, follow: follow) {
                if global.json {
                    desk.screen.write(line)
                } else {
                    desk.screen.write([EventLine.text(line, practice).cut(to: desk.screen.width ?? .max)])
                }
                count += 1
                if count == limit { break }
            }
        }
    }

    struct Checkpoint: Verb {
        static let configuration = CommandConfiguration(abstract: "The last signed checkpoint.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws { desk.screen.write(try await desk.client.checkpoint().bytes) }
    }

    struct Key: Verb {
        static let configuration = CommandConfiguration(abstract: "The key that checkpoints are signed with.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws { desk.screen.write(try await desk.client.verifierKey().bytes) }
    }

    struct Proof: Verb {
        static let configuration = CommandConfiguration(abstract: "The proof that a record is in the log.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The record's position.") var position: UInt64

        func run(at desk: Desk) async throws { desk.screen.write(try await desk.client.proof(of: position).bytes) }
    }
}

/// An event of the stream as one line.
enum EventLine {
    static func text(_ bytes: [UInt8], _ practice: Practice?) -> String {
        guard let value = try? StrictJSON.parse(bytes, limits: JSONLimits(maxBytes: 4 << 20)),
            let position = value["position"]?.id, let type = value["type"]?.text
        else { return String(decoding: bytes, as: UTF8.self).printable }
        let at = value["recordedAt"]?.integer ?? 0
        let actor = value["header"]?["actor"].map(ReportView.text) ?? ""
        let facts = (value["event"]?.members ?? []).filter { !isSealed($0.value) }
            .map { "\($0.name) \(ReportView.text($0.value))" }
        return
            "\(position)  \(practice?.wallClock(at) ?? "\(at)")  \(type)  (\(actor))  \(facts.joined(separator: ", "))"
            .printable
    }

    /// A sealed field has nothing to read.
    private static func isSealed(_ value: JSONValue) -> Bool { value["keyId"] != nil }
}
