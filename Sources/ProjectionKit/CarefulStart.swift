import Foundation
import Synchronization

/// Keeps one record from ending the process at every start.
///
/// A start that no orderly end came before may be due to a record at which the projector ended the process. The records
/// that may have been in hand are then folded in one by one, each named in a file before it is tried; one that was tried
/// twice and never finished is not tried again.
struct CarefulStart: Sendable {
    /// As many as one transaction holds: the record in hand was one of the first.
    static let recordsMax: UInt64 = 2_000
    static let triesMax = 2

    /// One projector at a time, so that an end during one's record leaves no file of another's.
    private static let turn = Mutex(())

    private struct Tries: Codable {
        var version: UInt64
        var position: UInt64
        var times: Int
    }

    private let path: String
    private let version: UInt64
    private var tries: Tries?
    /// Records before this position are tried one by one.
    private let end: UInt64

    /// - Parameters:
    ///   - folder: where the generations lie; what another version of the projector has tried does not count.
    ///   - suspects: the records to be careful with.
    init(folder: String, version: UInt64, suspects: Range<UInt64>) {
        path = folder + "/tries.json"
        self.version = version
        end = min(suspects.upperBound, suspects.lowerBound + Self.recordsMax)
        tries = (try? Data(contentsOf: URL(fileURLWithPath: path)))
            .flatMap { try? JSONDecoder().decode(Tries.self, from: $0) }
            .flatMap { $0.version == version ? $0 : nil }
    }

    /// The record that is not tried again.
    var refused: UInt64? { tries.flatMap { $0.times >= Self.triesMax ? $0.position : nil } }

    func suspects(_ position: UInt64) -> Bool { position < end }

    /// Runs `body`, which folds the record at a position in and commits. When the process ends meanwhile, the next start
    /// knows.
    mutating func attempt(_ position: UInt64, _ body: () throws -> Void) throws {
        let before = tries.flatMap { $0.position == position ? $0.times : nil } ?? 0
        let now = Tries(version: version, position: position, times: before + 1)
        try Self.turn.withLock { _ in
            try note(try JSONEncoder().encode(now))
            // An error is no end of the process.
            defer { forget() }
            try body()
        }
    }

    /// Not synced: what the operating system was given survives the death of a process, which is what this is about. A
    /// note that is cut short is no note.
    private func note(_ text: Data) throws {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard text.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == text.count else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }

    /// Nothing is refused any more: the record could be folded in after all.
    mutating func clear() {
        tries = nil
        forget()
    }

    private func forget() { try? FileManager.default.removeItem(atPath: path) }
}
