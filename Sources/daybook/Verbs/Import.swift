import ArgumentParser
import DaybookClient
import Foundation
import Schema

struct ImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in the sheets of before.",
        discussion: "daybook help import says how sheets are read. Repeating an import doubles nothing.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The sheet of clients, CSV.", valueName: "file")) var clients: String?
    @Option(help: ArgumentHelp("The sheet of appointments, CSV.", valueName: "file")) var appointments: String?
    @Option(help: "The zone of its times, as America/New_York; the practice's when left out.") var zone: String?
    @Option(help: "The name of where they come from; the folder's when left out.") var source: String?
    @Option(help: ArgumentHelp("Which column is what, JSON.", valueName: "file")) var mapping: String?
    @Flag(name: .customLong("dry-run"), help: "Only report; change nothing.") var dryRun = false
    @Flag(name: .customLong("with-money"), help: "Also bring in fees and payments, as opening balances.")
    var withMoney = false
    @Option(help: ArgumentHelp("Take an import back.", valueName: "import id")) var undo: UInt64?

    /// What one request may have.
    static let maxBytes = 32 << 20

    /// In the report for programs; for people the same rows stand with their evidence and their lines.
    private static let saidTwice: Set<String> = ["duplicate_clients", "bad_rows"]

    func validate() throws {
        let reads = clients != nil || appointments != nil
        guard reads != (undo != nil) else { throw ValidationError("Say --clients and --appointments, or --undo.") }
    }

    func run(at desk: Desk) async throws {
        var request = JobRequest()
        if let undo {
            request.add("import", undo)
            _ = try await desk.runJob("import-undo", json: request.bytes)
            return
        }
        if let clients { request.add("clientsCsv", try Self.text(of: clients)) }
        if let appointments { request.add("appointmentsCsv", try Self.text(of: appointments)) }
        let practiceZone = zone == nil ? try await desk.practice().caller.zone : ""
        request.add("zone", zone ?? practiceZone)
        request.add("dryRun", dryRun)
        request.add("source", source ?? Self.folder(of: clients ?? appointments ?? ""))
        if withMoney { request.add("withMoney", true) }
        if let mapping { request.add("mapping", try Self.text(of: mapping)) }
        guard request.bytes.count <= Self.maxBytes else {
            throw UsageError("The sheets are longer than \(Self.maxBytes >> 20) MiB together. Cut them in parts.")
        }
        _ = try await desk.runJob("import", json: request.bytes, hidden: Self.saidTwice)
    }

    /// - Throws: `UsageError` for what is not there or not UTF-8: a guess at another encoding would spoil names.
    private static func text(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("The file \(path) cannot be read.")
        }
        guard data.count <= maxBytes, let text = String(validating: data, as: UTF8.self) else {
            throw UsageError("The file \(path) is not UTF-8, or too long. Save it as CSV UTF-8.")
        }
        return text
    }

    private static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().lastPathComponent
    }
}
