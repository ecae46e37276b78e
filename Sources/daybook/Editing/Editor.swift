import Foundation
import Glibc

/// The editor that somebody has chosen, told to leave nothing beside the file.
struct Editor: Equatable {
    /// As a shell reads it: `vim`, or `code --wait`.
    var command: String
    /// Before the file.
    var options: [String]

    /// By `$VISUAL`, else `$EDITOR`, else vi.
    init(_ surroundings: Surroundings) {
        command = surroundings.variable("VISUAL") ?? surroundings.variable("EDITOR") ?? "vi"
        options = Self.options(forProgram: Self.program(command, path: surroundings.variable("PATH") ?? ""))
    }

    /// What keeps a program from writing copies, swap files and histories elsewhere than beside the file, where they are
    /// wiped with it.
    static func options(forProgram name: String) -> [String] {
        switch name {
        case "vim", "vim.basic", "vim.tiny", "vim.nox", "vim.gtk3", "nvim":
            ["-n", "-i", "NONE", "-c", "set noswapfile nobackup nowritebackup noundofile"]
        case "emacs", "emacs-nox", "emacs-gtk":
            [
                "--eval",
                "(setq make-backup-files nil auto-save-default nil create-lockfiles nil auto-save-list-file-prefix nil)",
            ]
        default: []
        }
    }

    /// The file name of what the command's first word leads to: on Debian `vi` is a link to a link to vim.basic.
    private static func program(_ command: String, path: String) -> String {
        guard let word = command.split(separator: " ").first.map(String.init) else { return "" }
        let places = word.contains("/") ? [word] : path.split(separator: ":").map { "\($0)/\(word)" }
        let found = places.first { access($0, X_OK) == 0 } ?? word
        return URL(fileURLWithPath: found).resolvingSymlinksInPath().lastPathComponent
    }

    /// Starts it on a file, on the terminal of this process.
    ///
    /// - Throws: `UsageError` when no process can be made.
    func start(on file: String, folder: String, environment: [String: String]) throws -> EditorProcess {
        // In the shell's place, so that a signal reaches it; only what begins with a variable needs a shell around it.
        let isPlain = !(command.split(separator: " ").first?.contains("=") ?? true)
        let line = (isPlain ? "exec " : "") + command + " \"$@\""
        let arguments = ["/bin/sh", "-c", line, "sh"] + options + [file]
        let variables = environment.merging(["TMPDIR": folder]) { $1 }.map { "\($0.key)=\($0.value)" }
        return try EditorProcess(arguments, variables)
    }
}

/// An editor that runs. It belongs to one task.
final class EditorProcess {
    private let pid: pid_t
    private var status: Int32?

    init(_ arguments: [String], _ variables: [String]) throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // It stays in the terminal's foreground, and is interrupted as if this process were not there.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in EndingSignals.all { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, arguments[0], nil, &attributes, &argv, &envp)
        guard code == 0 else { throw UsageError("The editor cannot be started: \(String(cString: strerror(code))).") }
        pid = child
    }

    /// Its exit status, 128 and more when a signal ended it; nil while it runs.
    func ended() -> Int32? {
        if let status { return status }
        var raw: Int32 = 0
        let found = waitpid(pid, &raw, WNOHANG)
        guard found == pid else {
            // Nobody to wait for any more: it is as good as ended.
            if found < 0, errno == ECHILD { status = 127 }
            return status
        }
        status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
        return status
    }

    func terminate() {
        if ended() == nil { kill(pid, SIGTERM) }
    }
}
