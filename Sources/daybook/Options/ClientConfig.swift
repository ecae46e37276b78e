import Configuration
import Foundation
import SystemPackage

/// The configuration file: the first that exists of `$DAYBOOK_CONFIG`, the user's and the machine's.
struct ClientConfig: Sendable {
    /// The daemon's socket.
    var socket: String?
    /// The folder of token files.
    var tokens: String?

    /// - Throws: `UsageError` for a file that is named and missing, or cannot be read.
    static func load(_ surroundings: Surroundings) async throws -> ClientConfig {
        guard let path = try path(surroundings) else { return ClientConfig() }
        do {
            let file = try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
            let reader = ConfigReader(provider: file)
            return ClientConfig(
                socket: reader.string(forKey: "socket").map(surroundings.expanded),
                tokens: reader.string(forKey: "tokens").map(surroundings.expanded))
        } catch {
            throw UsageError("The configuration file \(path) cannot be read as YAML.")
        }
    }

    private static func path(_ surroundings: Surroundings) throws -> String? {
        if let named = surroundings.variable("DAYBOOK_CONFIG") {
            guard FileManager.default.fileExists(atPath: named) else {
                throw UsageError("DAYBOOK_CONFIG names \(named), and there is no such file.")
            }
            return named
        }
        return [surroundings.home + "/.config/daybook/daybook.yaml", surroundings.systemConfig]
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}
