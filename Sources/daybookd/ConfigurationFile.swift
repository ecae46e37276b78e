import Configuration
import Foundation
import Logging
import Synchronization
import SystemPackage

/// The configuration file: every key in it is known, or it is refused, since a misspelt key would be a silent default.
struct ConfigurationFile {
    private(set) var data: String?
    private(set) var keys: String?
    private(set) var socket: String?
    private(set) var origin: String?
    private(set) var freeFloorMiB: Int?
    private(set) var connectionsPerUser: Int?
    private(set) var logLevel: Logger.Level?

    /// `tokens` is the client's; one file serves both.
    static let known = [
        "data", "keys", "socket", "origin", "freeFloorMiB", "connectionsPerUser", "logLevel", "tokens",
    ]

    /// - Parameter path: nil for no file.
    init(path: String?) async throws(SettingsError) {
        guard let path else { return }
        let (reader, found) = try await Self.read(path)
        if let key = found.first(where: { !Self.known.contains($0) }) {
            throw .unknownKey(path: path, key: key, known: Self.known)
        }
        func text(_ key: String) throws(SettingsError) -> String? {
            guard found.contains(key) else { return nil }
            guard let value = reader.string(forKey: ConfigKey(stringLiteral: key)), !value.isEmpty else {
                throw .badValue(path: path, key: key, wanted: "a text")
            }
            return value
        }
        func number(_ key: String, _ range: ClosedRange<Int>) throws(SettingsError) -> Int? {
            guard let value = try text(key) else { return nil }
            guard let number = Int(value), range.contains(number) else {
                throw .badValue(
                    path: path, key: key, wanted: "a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        data = try text("data")
        keys = try text("keys")
        socket = try text("socket")
        origin = try text("origin")
        freeFloorMiB = try number("freeFloorMiB", 1...1_048_576)
        connectionsPerUser = try number("connectionsPerUser", 1...4_096)
        if let level = try text("logLevel") {
            guard let known = Logger.Level(rawValue: level) else {
                let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badValue(path: path, key: "logLevel", wanted: "one of \(levels)")
            }
            logLevel = known
        }
    }

    /// The file, and the keys that are in it.
    private static func read(_ path: String) async throws(SettingsError) -> (ConfigReader, [String]) {
        let found = Mutex<Set<String>>([])
        // The library asks of each key whether its value is a secret, and tells nobody else which keys there are.
        let options = YAMLSnapshot.ParsingOptions(
            secretsSpecifier: .dynamic { key, _ in
                found.withLock { _ = $0.insert(key) }
                return false
            })
        do {
            let file = try await FileProvider<YAMLSnapshot>(parsingOptions: options, filePath: FilePath(path))
            return (ConfigReader(provider: file), found.withLock { $0.sorted() })
        } catch {
            throw .unreadable(path: path)
        }
    }
}
