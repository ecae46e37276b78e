import CCrashMark
import Foundation

/// What holds for the process from its first moment to its last.
enum ProcessGuards {
    /// `PR_SET_DUMPABLE`, which Glibc's module does not show (linux/prctl.h).
    private static let setDumpable: Int32 = 4

    static func apply() {
        forbidBacktraces()
        // Nothing it makes is for others to read.
        umask(0o077)
        // A core would hold keys and names in clear; nor may others of this user look into its memory.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        forbidDumps()
        raiseDescriptorLimit()
        // So that a start can tell a projector's crash from a kill.
        crash_mark_install()
        // A client that goes away is an error of its write, not a signal.
        signal(SIGPIPE, SIG_IGN)
    }

    /// What the runtime tells of a crash shows registers and the memory they point to, in which somebody's words may
    /// stand. Whether it does is settled before the first line of this runs, so the process begins once more.
    private static func forbidBacktraces() {
        let name = "SWIFT_BACKTRACE"
        guard getenv(name) == nil, setenv(name, "enable=no", 1) == 0,
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        else { return }
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        // Returns only when it could not be done; then it goes on as it is.
        execv(path, arguments)
        for argument in arguments { free(argument) }
    }

    private static func forbidDumps() {
        // prctl has variable arguments, which Swift does not import; it is called with all five, as registers have them.
        typealias Prctl = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
        guard let symbol = dlsym(nil, "prctl") else { return }
        _ = unsafeBitCast(symbol, to: Prctl.self)(setDumpable, 0, 0, 0, 0)
    }

    /// To what the connections of all users together need, with room for files.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 65_536))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Connections that may be open at once, all users together: descriptors are left for files and for turning away.
    static var connectionsTotal: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return max(64, min(4_096, Int(min(limit.rlim_cur, 1 << 20)) - 512))
    }
}
