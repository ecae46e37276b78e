import Foundation
import Testing

/// Every descriptor that this process has of one file, to be turned to another place and back.
final class OpenDescriptors {
    private var kept: [(descriptor: Int32, copy: Int32)] = []

    init(of path: String) throws {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let found = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init).filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == real
        }
        // Only now: a copy may get a number that was listed.
        kept = found.map { ($0, fcntl($0, F_DUPFD_CLOEXEC, 0)) }
        try #require(!kept.isEmpty, "nobody has \(path) open")
    }

    deinit { for (_, copy) in kept { close(copy) } }

    /// From now on they are of `device`, which takes whatever is done to the file.
    func turn(to device: String, _ flags: Int32 = O_RDWR) {
        let there = open(device, flags | O_CLOEXEC)
        defer { close(there) }
        for (descriptor, _) in kept { #expect(dup2(there, descriptor) == descriptor) }
    }

    func turnBack() {
        for (descriptor, copy) in kept { #expect(dup2(copy, descriptor) == descriptor) }
    }
}
