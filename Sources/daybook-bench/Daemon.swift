import Foundation
import Glibc

/// The daemon under measurement, in a process of its own.
final class Daemon {
    let executable: String
    let dir: String
    private var process: Process?

    init(executable: String, dir: String) {
        self.executable = executable
        self.dir = dir
    }

    var dataDirectory: String { dir + "/data" }
    var socketPath: String { dir + "/daybook.sock" }
    var logPath: String { dir + "/daybookd.log" }
    var processID: Int32 { process?.processIdentifier ?? 0 }

    /// Starts it; answers when it was started (ns) and with a connection to its socket.
    func start() throws -> (beganNs: UInt64, connection: SocketConnection) {
        let log = try openedLog()
        let started = Process()
        started.executableURL = URL(fileURLWithPath: executable)
        started.arguments = ["--data", dataDirectory, "--socket", socketPath]
        started.standardOutput = log
        started.standardError = log
        started.standardInput = FileHandle.nullDevice
        let began = nowNs()
        try started.run()
        process = started
        // So that whoever started the bench can end the daemon when the bench itself was killed.
        try "\(processID)".write(toFile: dir + "/daybookd.pid", atomically: true, encoding: .utf8)
        return (began, try connect(to: started, since: began))
    }

    /// The daemon's own log, to which each of its lives is added.
    private func openedLog() throws -> FileHandle {
        let descriptor = open(logPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw BenchError.system(call: "open", code: errno) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    private func connect(to started: Process, since began: UInt64) throws -> SocketConnection {
        while nowNs() - began < 120_000_000_000 {
            if let connection = try? SocketConnection(path: socketPath) { return connection }
            guard started.isRunning else { throw BenchError.daemonEnded(logPath: logPath) }
            usleep(500)
        }
        throw BenchError.notAnswering(afterSeconds: 120)
    }

    /// Ends it in order.
    func stop() throws {
        guard let process else { return }
        process.terminate()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError.daemonEnded(logPath: logPath) }
        self.process = nil
    }

    /// Ends it without a word.
    func kill() {
        guard let process, process.isRunning else { return }
        _ = Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }
}
