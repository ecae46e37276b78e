import Foundation
import Glibc

/// What the figures were measured on.
struct Machine {
    let cpu: String
    let cores: Int
    let memoryMiB: Int
    let kernel: String
    let fileSystem: String
    /// Of the last minute, before the first measurement: figures of a busy machine say little.
    let load: String

    init(dir: String) {
        cpu = Self.field("model name", of: "/proc/cpuinfo") ?? "unknown"
        cores = ProcessInfo.processInfo.activeProcessorCount
        memoryMiB = Int(ProcessInfo.processInfo.physicalMemory >> 20)
        kernel = Self.text("/proc/sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines)
        load = Self.text("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown"
        fileSystem = Self.fileSystem(of: dir)
    }

    static func text(_ path: String) -> String {
        (FileManager.default.contents(atPath: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The value of the first line `name : value`.
    static func field(_ name: String, of path: String) -> String? {
        for line in text(path).split(separator: "\n") where line.hasPrefix(name) {
            return line.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return nil
    }

    private static func fileSystem(of dir: String) -> String {
        var best: (mount: Substring, type: String) = ("", "unknown")
        for line in text("/proc/self/mounts").split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 3, fields[1].count >= best.mount.count else { continue }
            let isAbove = fields[1] == "/" || dir == fields[1] || dir.hasPrefix(fields[1] + "/")
            if isAbove { best = (fields[1], "\(fields[2]) on \(fields[0])") }
        }
        return best.type
    }
}
