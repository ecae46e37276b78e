import Schema

/// The log, as followers see it.
public protocol RecordSource: Sendable {
    /// The number of records; the position of the next.
    var size: UInt64 { get }

    /// Reads records from `start`, at most one page and none at or beyond `end`, and answers where to go on.
    func read(from start: UInt64, upTo end: UInt64, _ body: (Recorded) throws -> Void) throws -> UInt64

    /// Blocks the calling thread until there are more than `size` records, the time is over or the log is closed.
    ///
    /// - Parameter isCalledOff: asked before waiting and at every `nudge`, under a lock: it must take none.
    func wait(past size: UInt64, timeout: Duration, unless isCalledOff: () -> Bool) -> UInt64

    /// Has everybody who waits ask whether they are called off.
    func nudge()

    /// How many threads go through the log beside each other with this one.
    var abreast: Int { get }
}

extension RecordSource {
    public var abreast: Int { 1 }
}
