import Foundation
import Schema

/// The log read and decoded once for several read models, each of which folds it in on a thread of its own.
///
/// Pages are kept until every reader has passed them. Whoever is too far ahead waits for the last.
public final class SharedReplay: @unchecked Sendable {
    // Unchecked: everything mutable is guarded by `condition`.
    static let pageRecords: UInt64 = 256
    /// How many pages the first may be ahead of the last: about 16 MB decoded.
    static let pagesMax: UInt64 = 32

    private enum Page {
        /// One of those who want it decodes it.
        case taken
        case decoded([Recorded])
    }

    let source: any RecordSource
    /// What is there from the beginning on is shared; what comes later each reads alone.
    let end: UInt64
    private let condition = NSCondition()
    private var pages: [UInt64: Page] = [:]
    /// The page that each reader is at.
    private var places: [Int: UInt64] = [:]

    public init(_ source: any RecordSource) {
        self.source = source
        end = source.size / Self.pageRecords * Self.pageRecords
    }

    /// As many readers as there are. All wait for each of them until it has read everything, or has left.
    public func readers(_ count: Int) -> [Reader] {
        locked { for number in 0..<count { places[number] = 0 } }
        return (0..<count).map { Reader(replay: self, number: $0, abreast: count) }
    }

    fileprivate func leave(_ number: Int) {
        locked { if places.removeValue(forKey: number) != nil { forgetPassed() } }
    }

    /// The records of a page, for a reader that wants nothing before them any more, unless it begins again.
    fileprivate func records(_ page: UInt64, for number: Int) throws -> [Recorded] {
        condition.lock()
        if places[number] != page {
            places[number] = page
            forgetPassed()
        }
        while true {
            if case .decoded(let records) = pages[page] {
                condition.unlock()
                return records
            }
            if pages[page] == nil, page < (places.values.min() ?? page) + Self.pagesMax { break }
            condition.wait()
        }
        pages[page] = .taken
        condition.unlock()
        let records = Result { try decoded(page) }
        locked {
            // Others than this reader meet what is wrong with it themselves.
            pages[page] = (try? records.get()).map { .decoded($0) }
            condition.broadcast()
        }
        return try records.get()
    }

    private func decoded(_ page: UInt64) throws -> [Recorded] {
        var position = page * Self.pageRecords
        let end = position + Self.pageRecords
        var records: [Recorded] = []
        records.reserveCapacity(Int(Self.pageRecords))
        while position < end { position = try source.read(from: position, upTo: end) { records.append($0) } }
        return records
    }

    private func forgetPassed() {
        let first = places.values.min() ?? .max
        pages = pages.filter { $0.key >= first }
        condition.broadcast()
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}

extension SharedReplay {
    /// The log, as one of them reads it.
    public final class Reader: RecordSource {
        private let replay: SharedReplay
        private let number: Int
        public let abreast: Int

        fileprivate init(replay: SharedReplay, number: Int, abreast: Int) {
            self.replay = replay
            self.number = number
            self.abreast = abreast
        }

        public var size: UInt64 { replay.source.size }

        public func read(from start: UInt64, upTo end: UInt64, _ body: (Recorded) throws -> Void) throws -> UInt64 {
            guard start < min(end, replay.end) else {
                leave()
                return try replay.source.read(from: start, upTo: end, body)
            }
            let page = start / SharedReplay.pageRecords
            let first = page * SharedReplay.pageRecords
            let stop = min(end, first + SharedReplay.pageRecords)
            // Lent where they lie: every copy would count references that the other readers count too.
            try replay.records(page, for: number).withUnsafeBufferPointer { records in
                for index in Int(start - first)..<Int(stop - first) { try body(records[index]) }
            }
            return stop
        }

        public func wait(past size: UInt64, timeout: Duration, unless isCalledOff: () -> Bool) -> UInt64 {
            replay.source.wait(past: size, timeout: timeout, unless: isCalledOff)
        }

        public func nudge() { replay.source.nudge() }

        /// Nobody waits for it any more, unless it reads again.
        public func leave() { replay.leave(number) }
    }
}
