import Foundation

/// Remembers that a new version's rows were being built when the process ended. After two such ends they are no longer
/// built aside, but by the follower, which is careful with every record.
struct UpgradeTries: Sendable {
    private static let max = 2

    private struct Tries: Codable {
        var version: UInt64
        var times: Int
    }

    private let path: String

    /// - Parameter folder: where the generations lie.
    init(folder: String) { path = folder + "/upgrade.json" }

    func mayTry(_ version: UInt64) -> Bool { times(version) < Self.max }

    func begin(_ version: UInt64) throws {
        let tries = Tries(version: version, times: times(version) + 1)
        try JSONEncoder().encode(tries).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    func end() { try? FileManager.default.removeItem(atPath: path) }

    private func times(_ version: UInt64) -> Int {
        guard let data = FileManager.default.contents(atPath: path),
            let tries = try? JSONDecoder().decode(Tries.self, from: data), tries.version == version
        else { return 0 }
        return tries.times
    }
}
