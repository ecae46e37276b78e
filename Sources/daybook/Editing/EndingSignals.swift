import Dispatch
import Foundation
import Glibc
import Synchronization

/// Signals that end the program, held back until what it has in its hands is put away.
final class EndingSignals: @unchecked Sendable {
    // Unchecked: the sources are touched by `init` and `release` alone.
    static let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    private let first = Mutex<Int32?>(nil)
    private let sources: [any DispatchSourceSignal]

    /// - Parameter putAway: called once, at the first of them, on a thread of its own.
    init(_ putAway: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "signals")
        sources = Self.all.map { signal in
            Glibc.signal(signal, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: signal, queue: queue)
        }
        for (signal, source) in zip(Self.all, sources) {
            source.setEventHandler { [self] in
                let isFirst = first.withLock { first in
                    defer { first = first ?? signal }
                    return first == nil
                }
                if isFirst { putAway() }
            }
            source.resume()
        }
    }

    /// The one that came.
    var caught: Int32? { first.withLock { $0 } }

    /// Lets them end the program as they would have.
    func release() {
        for source in sources { source.cancel() }
        for signal in Self.all { Glibc.signal(signal, SIG_DFL) }
    }

    /// Ends the program by the signal that came, so that whoever waits for it knows why.
    func endIfCaught() {
        guard let caught else { return }
        release()
        // A source keeps its signal from being delivered.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, caught)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(caught)
        exit(128 + caught)
    }
}
