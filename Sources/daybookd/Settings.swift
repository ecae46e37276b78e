import API
import Engine
import Foundation
import Logging

/// What the daemon runs with: the command line, then the configuration file, then what is usual.
struct Settings {
    let data: String
    let keys: String
    let socket: SocketFolder
    let origin: String?
    let freeFloorBytes: UInt64
    let connectionsPerUser: Int
    let logLevel: Logger.Level

    init(_ arguments: Arguments) async throws {
        let file = try await ConfigurationFile(path: arguments.config)
        guard let data = arguments.data ?? file.data else { throw SettingsError.noData }
        self.data = FolderPath.standard(data)
        keys = (arguments.keys ?? file.keys).map(FolderPath.standard) ?? FolderPath.keys(besideData: data)
        // Before anything is made: a path that is too long should leave nothing behind.
        socket = try SocketFolder(
            path: FolderPath.standard(arguments.socket ?? file.socket ?? self.data + "/daybook.sock"))
        origin = file.origin
        freeFloorBytes = UInt64(file.freeFloorMiB ?? 64) << 20
        connectionsPerUser = file.connectionsPerUser ?? 512
        logLevel = file.logLevel ?? .info
    }

    var engineOptions: EngineOptions {
        EngineOptions(dataDirectory: data, keysDirectory: keys, origin: origin, freeFloorBytes: freeFloorBytes)
    }

    var logger: Logger {
        var logger = Logger(label: "daybookd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }
}

/// Why the daemon does not know what to do, and what to say instead.
enum SettingsError: Error, CustomStringConvertible {
    case noData
    case unreadable(path: String)
    case unknownKey(path: String, key: String, known: [String])
    case badValue(path: String, key: String, wanted: String)

    var description: String {
        switch self {
        case .noData: "which clinic? Name the folder of its data with --data DIR, or as `data:` in the file of --config"
        case .unreadable(let path): "the configuration file \(path) cannot be read as YAML: see config/daybook.yaml"
        case .unknownKey(let path, let key, let known):
            "\(path) has a key `\(key)` that means nothing here; there are \(known.joined(separator: ", "))"
        case .badValue(let path, let key, let wanted): "\(path): `\(key)` must be \(wanted)"
        }
    }
}
