import Foundation
import SwiftProtobuf
import Testing

@testable import Schema

func sampleHeader() -> Header {
    var header = Header()
    header.random = Data(0..<16)
    header.recordedAt = 1_796_133_600_000
    header.effectiveAt = 1_796_133_600_001
    header.index = 1
    header.count = 3
    header.actor.kind = .staff
    header.actor.id = 7
    header.door.kind = .socket
    header.commandIDHigh = .max
    return header
}

func sampleBooking() -> AppointmentBooked {
    var event = AppointmentBooked()
    event.client = 41
    event.service = 12
    event.arrangement.staff = 7
    event.arrangement.modality = .inPerson
    event.arrangement.time.startLocal = "2026-12-01T14:00"
    event.price.minor = 12_000
    return event
}

private func delimited(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendTag(number, .lengthDelimited)
    bytes.appendLengthDelimited(content)
    return bytes
}

private func problem(_ body: () throws(RecordError) -> some Any) -> RecordError? {
    do throws(RecordError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

@Suite struct RecordTests {
    private let header = sampleHeader()
    private let event = sampleBooking()

    private var headerBytes: [UInt8] { get throws { try header.serializedBytes() } }
    private var eventBytes: [UInt8] { get throws { try event.serializedBytes() } }

    private func record(header: [UInt8]? = nil, _ number: Int = 6001, event: [UInt8]? = nil) throws -> [UInt8] {
        delimited(1, try header ?? headerBytes) + delimited(number, try event ?? eventBytes)
    }

    @Test func `what is written is read back`() throws {
        let view = try RecordView(RecordWriter.encode(header: header, event: event))
        #expect(view.type == .appointmentBooked)
        #expect(try view.header() == header)
        #expect(try view.event(AppointmentBooked.self) == event)
        #expect(view.recordedAtMs == 1_796_133_600_000)
        #expect(view.effectiveAtMs == 1_796_133_600_001)
        #expect(view.indexInCommand == 1)
        #expect(view.countInCommand == 3)
        #expect(!view.endsCommand)
        guard case .appointmentBooked(let booked) = try view.event(of: SchedulingEvent.self) else {
            Issue.record("another event")
            return
        }
        #expect(booked == event)
        #expect(try view.anyEvent().message as? AppointmentBooked == event)
        #expect(try view.recorded(at: 9).header == RecordHeader(header))
    }

    @Test func `a record is the message Record of the schema`() throws {
        let bytes = try RecordWriter.encode(header: header, event: event)
        let message = try Record(serializedBytes: bytes)
        #expect(message.header == header)
        #expect(message.event == .appointmentBooked(event))
        #expect(try message.serializedBytes() == bytes)
    }

    @Test func `another event than asked for is refused`() throws {
        let view = try RecordView(try record())
        #expect(
            problem { () throws(RecordError) in try view.event(AppointmentCancelled.self) }
                == .otherEventType(.appointmentBooked))
        #expect(
            problem { () throws(RecordError) in try view.event(of: AccessEvent.self) }
                == .otherEventType(.appointmentBooked))
        #expect(throws: RecordError.otherEventType(.appointmentBooked)) {
            try AccessEvent(type: .appointmentBooked, bytes: [])
        }
    }

    @Test func `a record of another shape is refused`() throws {
        let header = try delimited(1, headerBytes)
        let event = try delimited(6001, eventBytes)
        let cases: [([UInt8], RecordError)] = [
            ([], .headerMissing), (event, .headerMissing), (event + header, .headerMissing), (header, .eventMissing),
            (header + header, .unknownEventType(1)),
            (header + event + event, .trailingBytes(offset: (header + event).count)),
            (header + event + [0], .trailingBytes(offset: (header + event).count)),
            (header + delimited(6999, []), .unknownEventType(6999)), (header + delimited(2, []), .unknownEventType(2)),
            (header + delimited((1 << 29) - 1, []), .unknownEventType((1 << 29) - 1)),
            (delimited(1, []) + event, .headerInvalid), ([8, 1] + event, .headerMissing),
            ([UInt8](repeating: 0, count: 61_441), .tooLarge(bytes: 61_441)),
        ]
        for (bytes, expected) in cases {
            #expect(problem { () throws(RecordError) in try RecordView(bytes) } == expected)
        }
        let whole = header + event
        for length in 0..<whole.count {
            #expect(problem { () throws(RecordError) in try RecordView(Array(whole.prefix(length))) } != nil)
        }
    }

    @Test func `unknown content is refused with its path`() throws {
        let unknown: [UInt8] = [0x98, 0x06, 1]
        let headers: [([UInt8], String)] = [
            (try headerBytes + unknown, ""), (try headerBytes + delimited(18, unknown), "subjects"),
            (try headerBytes + [8 << 3, 99], "role"), (try headerBytes + [5 << 3, 3], "count"),
        ]
        for (bytes, path) in headers {
            let view = try RecordView(try record(header: bytes))
            guard case .contentInvalid(let error) = problem({ () throws(RecordError) in try view.header() }) else {
                Issue.record("accepted at \(path)")
                continue
            }
            #expect(error.path == path)
        }
        let events: [([UInt8], String)] = [
            (try eventBytes + unknown, ""), (delimited(3, unknown), "arrangement"),
            (delimited(3, delimited(5, unknown)), "arrangement.time"),
            (delimited(3, [4 << 3, 99]), "arrangement.modality"),
            ([9], "client"), (delimited(1, [1]), "client"), ([7 << 3, 2], "supportive"),
            (delimited(3, [6 << 3, 0x80, 0x80, 0x80, 0x80, 0x10]), "arrangement.bufferBeforeMinutes"),
            ([1 << 3, 1, 1 << 3, 1], "client"), (delimited(3, delimited(5, delimited(1, [0xFF]))), ""),
        ]
        for (bytes, path) in events {
            let view = try RecordView(try record(event: bytes))
            for attempt in [
                problem { () throws(RecordError) in try view.event(AppointmentBooked.self) },
                problem { () throws(RecordError) in try view.event(of: SchedulingEvent.self) },
                problem { () throws(RecordError) in try view.anyEvent() },
            ] {
                guard case .contentInvalid(let error) = attempt else {
                    Issue.record("accepted at \(path)")
                    continue
                }
                #expect(error.path == path)
            }
        }
    }

    @Test func `a header without its random bytes is read no more than written`() throws {
        for random in [Data(), Data(0..<15), Data(0..<17)] {
            var bare = header
            bare.random = random
            let bytes = try record(header: bare.serializedBytes())
            #expect(problem { () throws(RecordError) in try RecordView(bytes) } == .headerInvalid)
        }
    }

    @Test func `the writer refuses what the reader would`() throws {
        var bare = header
        bare.random = Data()
        #expect(
            problem { () throws(RecordError) in try RecordWriter.encode(header: bare, event: event) } == .headerInvalid)
        var outside = header
        outside.index = 3
        #expect(
            problem { () throws(RecordError) in try RecordWriter.encode(header: outside, event: event) }
                == .headerInvalid)
        var strange = event
        strange.arrangement.modality = .UNRECOGNIZED(77)
        #expect(problem { () throws(RecordError) in try RecordWriter.encode(header: header, event: strange) } != nil)
        var large = event
        large.arrangement.time.startLocal = String(repeating: "x", count: 62_000)
        guard
            case .tooLarge = problem({ () throws(RecordError) in try RecordWriter.encode(header: header, event: large) }
            )
        else {
            Issue.record("a record beyond the limit was written")
            return
        }
    }
}
