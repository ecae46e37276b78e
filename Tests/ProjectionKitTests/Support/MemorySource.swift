import Foundation
import ProjectionKit
import Schema

/// A log in memory, read in small pages so that their borders are met.
final class MemorySource: RecordSource, @unchecked Sendable {
    // Unchecked: everything mutable is guarded by `condition`.
    private let condition = NSCondition()
    private var records: [Recorded]
    private let pageMax: UInt64
    /// A record that cannot be read.
    private let damaged: UInt64?

    struct Damaged: Error {}

    init(_ records: [Recorded] = [], pageMax: UInt64 = 7, damaged: UInt64? = nil) {
        self.records = records
        self.pageMax = pageMax
        self.damaged = damaged
    }

    var size: UInt64 { locked { UInt64(records.count) } }

    func append(_ more: [Recorded]) {
        locked {
            records += more
            condition.broadcast()
        }
    }

    func read(from start: UInt64, upTo end: UInt64, _ body: (Recorded) throws -> Void) throws -> UInt64 {
        let stop = min(end, start + pageMax)
        for recorded in locked({ Array(records[Int(start)..<Int(stop)]) }) {
            if recorded.position == damaged { throw Damaged() }
            try body(recorded)
        }
        return stop
    }

    func wait(past size: UInt64, timeout: Duration, unless isCalledOff: () -> Bool) -> UInt64 {
        condition.lock()
        defer { condition.unlock() }
        let (seconds, attoseconds) = timeout.components
        let deadline = Date(timeIntervalSinceNow: Double(seconds) + Double(attoseconds) / 1e18)
        while UInt64(records.count) <= size, !isCalledOff(), condition.wait(until: deadline) {}
        return UInt64(records.count)
    }

    func nudge() { locked { condition.broadcast() } }

    private func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        condition.lock()
        defer { condition.unlock() }
        return try body()
    }
}
