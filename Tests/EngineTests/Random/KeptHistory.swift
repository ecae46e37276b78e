import EventStore
import Foundation
import ProjectionKit
import Schema
import TestKit
import Testing

@testable import Engine

/// A clinic's folders and digests, left by one process for another, which may speak another language and live in another
/// time zone.
enum KeptHistory {
    private struct Note: Codable {
        var position: UInt64
        var digests: [String: String]
    }

    private static func folder(_ variable: String) -> String? { ProcessInfo.processInfo.environment[variable] }

    /// Leaves the house in the folder that DAYBOOK_KEEP names.
    static func keep(_ house: House) throws {
        guard let folder = folder("DAYBOOK_KEEP") else { return }
        for part in ["data", "keys"] {
            try FileManager.default.copyItem(atPath: house.folder.child(part), toPath: "\(folder)/\(part)")
        }
    }

    /// Takes up the house in the folder that DAYBOOK_KEPT names, where the first to come leaves its digests for the rest.
    static func compare() async throws {
        guard let folder = folder("DAYBOOK_KEPT") else { return }
        let house = try House()
        for part in ["data", "keys"] {
            try FileManager.default.copyItem(atPath: "\(folder)/\(part)", toPath: house.folder.child(part))
        }
        let path = URL(fileURLWithPath: "\(folder)/digests.json")
        let left = try? JSONDecoder().decode(Note.self, from: Data(contentsOf: path))
        try await house.run { engine in
            // A start looks at names, which is on record.
            let position = left?.position ?? engine.log.size
            var digests = ["state": try StateCheck(engine: engine).digest(ofFirst: position) { _ in }]
            for view in engine.views.list {
                digests[view.name] = try view.digest(ofFirst: position, progress: { _ in }, isCancelled: { false })
            }
            #expect(left.map { $0.digests == digests } ?? true, "\(digests)")
            try JSONEncoder().encode(Note(position: position, digests: digests)).write(to: path)
        }
    }
}
