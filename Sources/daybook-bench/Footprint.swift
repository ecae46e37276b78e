import Foundation
import Glibc

/// What the daemon takes of memory and disk after all that was booked.
struct Footprint {
    private let daemon: Daemon

    init(_ daemon: Daemon) { self.daemon = daemon }

    func measure(events: UInt64, _ figures: inout Figures) throws {
        figures.add("Daybook: clinic", FigureName.events, Double(events), "")
        let anonymous = Machine.field("RssAnon", of: "/proc/\(daemon.processID)/status") ?? ""
        if let kib = anonymous.split(separator: " ").first.flatMap({ Double($0) }) {
            figures.add(FigureName.memory, FigureName.anonymous, kib / 1_024, "MiB")
        }
        for folder in ["log", "state", "views", "vault", "tiles"] {
            let bytes = Self.allocatedBytes(under: daemon.dataDirectory + "/" + folder)
            figures.add(FigureName.disk, "Daybook, \(folder)", Double(bytes) / Double(max(1, events)), "bytes/event")
        }
    }

    /// What the files take on the disk; holes do not count.
    private static func allocatedBytes(under folder: String) -> Int {
        var total = 0
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            var status = stat()
            guard lstat(folder + "/" + path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            // st_blocks is in units of 512 bytes whatever the file system's own block.
            total += Int(status.st_blocks) * 512
        }
        return total
    }
}
