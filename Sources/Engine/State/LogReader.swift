import Clinic
import EventStore
import ProjectionKit
import Schema

/// The log, read as records.
public struct LogReader: RecordSource {
    let log: EventLog
    private let recent: RecentRecords?

    /// - Parameter recent: records that need not be read and decoded.
    init(_ log: EventLog, recent: RecentRecords?) {
        self.log = log
        self.recent = recent
    }

    public init(_ log: EventLog) { self.init(log, recent: nil) }

    public var size: UInt64 { log.size }

    public func read(
        from start: UInt64, upTo end: UInt64, _ body: (Recorded) throws -> Void
    ) throws -> UInt64 {
        if let found = recent?.records(from: start, upTo: end) {
            for recorded in found { try body(recorded) }
            return start + UInt64(found.count)
        }
        return try log.read(from: start, upTo: end) { position, bytes in
            try body(try RecordView(copying: bytes).recorded(at: position))
        }
    }

    public func wait(past size: UInt64, timeout: Duration, unless isCalledOff: () -> Bool) -> UInt64 {
        log.head.waitUntil(sizeExceeds: size, timeout: timeout, unless: isCalledOff)
    }

    public func nudge() { log.head.nudge() }

    /// When the last record was made; nil on an empty log.
    var lastRecordedMs: Int64? {
        get throws {
            let size = log.size
            return size == 0 ? nil : try recorded(at: size - 1)?.header.recordedAt
        }
    }

    /// One record, its leaf checked.
    public func recorded(at position: UInt64) throws -> Recorded? {
        try log.record(at: position).map { try RecordView($0).recorded(at: position) }
    }
}

extension ClinicState {
    /// Folds in what the log has before `end` and the state has not.
    borrowing func replay(
        _ log: borrowing LogReader, upTo end: UInt64 = .max, _ progress: (UInt64) throws -> Void = { _ in }
    ) throws {
        var position = try self.position()
        let end = min(end, log.size)
        while position < end {
            position = try log.read(from: position, upTo: end) { try evolve($0) }
            try progress(position)
        }
    }
}
