import Foundation

/// A program that is run to its end for what it prints.
enum Tool {
    /// - Throws: `toolFailed` when it ends with anything but 0; what it said went to standard error.
    static func output(_ executable: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let printed = Pipe()
        process.standardOutput = printed
        try process.run()
        let bytes = printed.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError.toolFailed(command: ([executable] + arguments).joined(separator: " "))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What `drive` of tools/lib/bench/load.c prints: the time of all, then that of each, in nanoseconds.
    static func timings(_ executable: String, _ arguments: [String]) throws -> Timings {
        let numbers = try output(executable, arguments).split(separator: "\n").compactMap { UInt64($0) }
        guard let wallNs = numbers.first, numbers.count > 1 else {
            throw BenchError.unexpected("\(executable) printed no times")
        }
        return Timings(Array(numbers.dropFirst()), wallNs: wallNs)
    }
}
