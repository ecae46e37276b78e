import Foundation
import Glibc

/// Where a verb writes to.
struct Screen: Sendable {
    /// Columns; nil when nothing need be cut, as in a pipe.
    var width: Int?
    var isColoured: Bool
    /// Whether standard error is a terminal, where a line can be drawn over.
    var drawsProgress: Bool
    var out: @Sendable ([UInt8]) -> Void
    var err: @Sendable ([UInt8]) -> Void

    static func process(_ surroundings: Surroundings) -> Screen {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        return Screen(
            width: isTerminal ? columns(surroundings) : nil,
            // https://no-color.org
            isColoured: isTerminal && surroundings.variable("NO_COLOR") == nil
                && surroundings.variable("TERM") != "dumb",
            drawsProgress: isatty(STDERR_FILENO) == 1 && surroundings.variable("TERM") != "dumb",
            out: { Self.write($0, to: STDOUT_FILENO) },
            err: { Self.write($0, to: STDERR_FILENO) })
    }

    private static func columns(_ surroundings: Surroundings) -> Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return surroundings.variable("COLUMNS").flatMap { Int($0) } ?? 80
    }

    /// Bytes as they are, and a line's end if they have none.
    func write(_ bytes: [UInt8]) {
        out(bytes.last == 0x0A ? bytes : bytes + [0x0A])
    }

    func write(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        out(Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    func complain(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        err(Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// A reader that has seen enough, as `head`, ends the process without a fuss. What cannot be written for another reason,
    /// as on a full disk, ends it as failed: half an answer must not pass for a whole one.
    private static func write(_ bytes: [UInt8], to descriptor: CInt) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno == EPIPE {
                exit(ExitStatus.done.rawValue)
            } else if errno != EINTR && errno != EAGAIN {
                let why = String(cString: strerror(errno))
                if descriptor == STDOUT_FILENO {
                    write(Array("daybook: standard output cannot be written: \(why).\n".utf8), to: STDERR_FILENO)
                }
                exit(ExitStatus.refused.rawValue)
            }
        }
    }
}
