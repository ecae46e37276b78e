import API
import ArgumentParser
import Engine
import Foundation
import Logging

/// The daemon: arguments and wiring.
@main
struct Daybookd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybookd", abstract: "Runs one clinic's system of record.")

    @Option(help: "The folder of the clinic's data.")
    var data: String

    @Option(help: "The folder of its keys, outside the data; <data>.keys when left out.")
    var keys: String?

    @Option(help: "Where the socket is; <data>/daybook.sock when left out.")
    var socket: String?

    func run() async throws {
        umask(0o077)
        let logger = Logger(label: "daybookd")
        let path = socket ?? data + "/daybook.sock"
        let engine = try Engine(EngineOptions(dataDirectory: data, keysDirectory: keys), logger: logger) { reason in
            logger.critical("ending, since only a start can find the truth", metadata: ["reason": "\(reason)"])
            _exit(70)
        }
        let folder = try SocketFolder(path: path)
        try await APIServer(engine: engine, socket: folder, logger: logger).run()
        folder.remove()
        engine.stop()
    }
}
