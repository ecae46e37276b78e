import Foundation
import LMDBKit

/// `<data>/views/<name>/`: generations by number, and a file `current` that names the one that serves.
struct GenerationFolder: Sendable {
    let path: String

    init(dataDirectory: String, name: String) throws {
        path = "\(dataDirectory)/views/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Beside the generations: what the follower has in hand, and what whoever builds rows of a new version has.
    var inHandPath: String { "\(path)/in-hand" }
    var inHandAsidePath: String { "\(path)/in-hand-aside" }

    func folder(_ number: UInt64) -> String { "\(path)/\(number)" }

    /// The generation that serves; nil when there is none.
    var current: UInt64? {
        (try? String(contentsOfFile: "\(path)/current", encoding: .utf8))
            .flatMap { UInt64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Makes a generation the one that serves, in one step and durably: the one before is removed after it.
    func setCurrent(_ number: UInt64) throws {
        try DurableReplace.write(Array("\(number)\n".utf8), to: "\(path)/current")
    }

    /// A number that no generation has.
    func next() throws -> UInt64 { (try numbers().max() ?? 0) + 1 }

    /// Removes every generation but one: what a crash left half built.
    func removeAll(except kept: UInt64?) throws {
        for number in try numbers() where number != kept { try FileManager.default.removeItem(atPath: folder(number)) }
    }

    private func numbers() throws -> [UInt64] {
        try FileManager.default.contentsOfDirectory(atPath: path).compactMap { UInt64($0) }
    }
}
