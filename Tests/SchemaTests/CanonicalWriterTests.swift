import Foundation
import Schema
import SwiftProtobuf
import Testing

/// These bytes are frozen: requests of the last 30 days are recognised by them.
@Suite struct CanonicalWriterTests {
    private func hex(_ message: some Message) -> String {
        CanonicalWriter.bytes(of: message).map { String(format: "%02x", $0) }.joined()
    }

    @Test func `an empty command has no bytes`() {
        #expect(CanonicalWriter.bytes(of: BookAppointment()).isEmpty)
    }

    @Test func `a booking has the bytes it always had`() {
        var command = BookAppointment()
        command.client = 41
        command.start = "2026-12-01T14:00"
        command.modality = .inPerson
        command.override = [.therapistGap, .roomOverlap]
        #expect(
            hex(command)
                == "00000001" + "02" + "00000008" + "0000000000000029"
                + "00000006" + "04" + "00000010" + "323032362d31322d30315431343a3030"
                + "00000008" + "06" + "00000008" + "0000000000000001"
                + "00000009" + "06" + "00000008" + "0000000000000002"
                + "00000009" + "06" + "00000008" + "0000000000000008")
    }

    @Test func `zero that is set is not the same as nothing`() {
        var command = BookAppointment()
        command.minutes = 0
        #expect(hex(command) == "00000007" + "02" + "00000008" + "0000000000000000")
    }

    @Test func `every kind has its own mark`() {
        var inner = EveryKind()
        inner.flag = false
        var message = EveryKind()
        message.anInt32 = -1
        message.aSint64 = -2
        message.aFixed32 = 3
        message.content = Data([0xFF])
        message.inner = inner
        message.numbers = [7, 7]
        message.neither = Empty()
        message.far = 9
        #expect(
            hex(message)
                == "00000001" + "01" + "00000008" + "ffffffffffffffff"
                + "00000006" + "01" + "00000008" + "fffffffffffffffe"
                + "00000007" + "02" + "00000008" + "0000000000000003"
                + "0000000d" + "05" + "00000001" + "ff"
                + "0000000f" + "07" + "0000000a" + "0000000b" + "03" + "00000001" + "00"
                + "00000010" + "02" + "00000008" + "0000000000000007"
                + "00000010" + "02" + "00000008" + "0000000000000007"
                + "00000016" + "07" + "00000000"
                + "00001388" + "02" + "00000008" + "0000000000000009")
    }

    @Test func `an unknown field changes the bytes`() throws {
        let command = try EndSession(serializedBytes: [8, 5, 0xF8, 0x07, 1])
        #expect(
            hex(command)
                == "00000001" + "02" + "00000008" + "0000000000000005" + "00000000" + "00" + "00000003" + "f80701")
    }
}
