import Foundation

/// The real daemon on a clinic of its own in a temporary folder, as an ordinary user where that can be had.
///
/// It is ended when the test forgets it.
public final class RunningDaemon {
    /// Holds data, keys and the socket's folder; open to other users only where the socket is.
    public let folder: TemporaryFolder
    public var data: String { folder.child("data") }
    public var keys: String { folder.child("keys") }
    public var socket: String { folder.child("run/s") }
    public var logFile: String { folder.child("daemon.log") }
    private var process: Process?

    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    public convenience init() throws { try self.init(prepare: { _ in }) }

    /// One on a copy of another's data and keys; the other is stopped meanwhile.
    public convenience init(copying other: RunningDaemon) throws {
        try self.init { folder in
            for name in ["data", "keys"] {
                let copying = OrdinaryUser.shared.process(
                    ["/bin/cp", "-r", "--preserve=mode", other.folder.child(name), folder.child(name)])
                let finished = try Finished(running: copying)
                guard finished.status == 0 else { throw Failure(description: "cannot copy: \(finished.error)") }
            }
        }
    }

    private init(prepare: (TemporaryFolder) throws -> Void) throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.child("run"), withIntermediateDirectories: false)
        _ = FileManager.default.createFile(atPath: logFile, contents: nil)
        // Others may pass through to the socket's folder, and only the daemon's group into it.
        chmod(folder.path, 0o711)
        chmod(folder.child("run"), 0o750)
        if let user = OrdinaryUser.shared.id {
            for path in [folder.path, folder.child("run")] { chown(path, user, user) }
        }
        try prepare(folder)
        try start()
    }

    deinit { kill() }

    public var pid: pid_t { process?.processIdentifier ?? 0 }

    /// Starts it, and returns when it answers.
    public func start(environment: [String: String] = [:]) throws {
        let process = Self.process(arguments)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logFile))
        log.seekToEndOfFile()
        process.standardError = log
        process.standardOutput = log
        try process.run()
        self.process = process
        try waitUntilListening(process)
    }

    private var arguments: [String] { ["--data", data, "--keys", keys, "--socket", socket] }

    private func waitUntilListening(_ process: Process) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while Date() < deadline {
            // Its own mark that it listens; the file alone may be left from one that was killed.
            if let connection = try? SocketConnection(path: socket) {
                connection.close()
                return
            }
            guard process.isRunning else { break }
            usleep(10_000)
        }
        throw Failure(description: "the daemon does not listen: \(log)")
    }

    /// As SIGKILL ends it, with nothing put in order.
    public func kill() { end(by: SIGKILL) }

    /// As SIGTERM ends it; its exit status, and how long it took.
    @discardableResult
    public func stop() -> (status: Int32, seconds: Double) {
        let began = DispatchTime.now()
        let status = end(by: SIGTERM)
        return (status, Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9)
    }

    @discardableResult
    private func end(by signal: Int32) -> Int32 {
        guard let process, process.isRunning else { return process?.terminationStatus ?? 0 }
        Glibc.kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// What it said on standard error.
    public var log: String { (try? String(contentsOfFile: logFile, encoding: .utf8)) ?? "" }

    /// Runs the daemon's binary once, with this clinic's folders and these further arguments.
    public func runOnce(_ further: [String]) throws -> Finished {
        try Finished(running: Self.process(arguments + further))
    }

    private static func process(_ arguments: [String]) -> Process {
        OrdinaryUser.shared.process([Binaries.path("daybookd")] + arguments)
    }
}

/// The executables that were built with the tests.
public enum Binaries {
    /// Beside the tests' own bundle.
    public static func path(_ name: String) -> String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
    }
}

/// A process that has ended, and what it said.
public struct Finished: Sendable {
    public var status: Int32
    public var output: String
    public var error: String

    /// Runs it to its end. What it says must fit into the pipes, 64 KiB each.
    public init(running process: Process) throws {
        let output = Pipe()
        let error = Pipe()
        process.standardOutput = output
        process.standardError = error
        try process.run()
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.error = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
