import API
import Engine
import Foundation
import Logging

/// From start to signal.
struct Serving {
    private let settings: Settings

    init(_ settings: Settings) { self.settings = settings }

    func run() async throws {
        let logger = settings.logger
        let engine = try ClinicEngine(settings.engineOptions, logger: logger) { Fatal.end($0, logger) }
        do {
            let server = try APIServer(
                engine: engine, socket: settings.socket,
                options: .init(
                    connectionsPerUser: settings.connectionsPerUser, connectionsTotal: ProcessGuards.connectionsTotal),
                logger: logger)
            try await server.run()
        } catch {
            engine.stop()
            throw error
        }
        settings.socket.remove()
        engine.stop()
        logger.info("ended in order")
    }
}

/// The end that is no end in order.
enum Fatal {
    static func end(_ reason: String, _ logger: Logger) {
        logger.critical("ending, since only a start can find the truth", metadata: ["reason": "\(reason)"])
        _exit(70)
    }
}

/// Restores an owner's access, with no daemon running.
struct Recovering {
    private let settings: Settings

    init(_ settings: Settings) { self.settings = settings }

    func run(uid: UInt32) async throws {
        let logger = settings.logger
        guard FileManager.default.fileExists(atPath: settings.data + "/log") else {
            throw NoClinic(path: settings.data)
        }
        let engine = try ClinicEngine(settings.engineOptions, logger: logger) { Fatal.end($0, logger) }
        let outcome: Result<Recovery, any Error>
        do {
            try engine.awaitState()
            outcome = .success(try await engine.recoverOwner(uid: uid))
        } catch {
            outcome = .failure(error)
        }
        engine.stop()
        let recovery = try outcome.get()
        let sentence =
            "User \(uid) is linked to \(recovery.ownerName), owner and member of staff \(recovery.owner). "
            + "Event \(recovery.position) in the log says so.\n"
        FileHandle.standardOutput.write(Data(sentence.utf8))
    }

    struct NoClinic: Error, CustomStringConvertible {
        var path: String
        var description: String { "there is no clinic in \(path): name its folder with --data" }
    }
}
