import Foundation
import Testing

@testable import Schema

@Suite struct JSONWriterTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `a reply is written as the API documents it`() throws {
        var reply = Reply()
        reply.position = 5120
        reply.id = 5120
        reply.room = 15
        reply.end = "2026-12-01T14:50"
        #expect(
            text(try JSONWriter.encode(reply)) == #"{"position":5120,"id":5120,"room":15,"end":"2026-12-01T14:50"}"#)
    }

    @Test func `zero and false that are set are visible, enums are words, 64 bits are numbers`() throws {
        var row = AppointmentRow()
        row.id = 0
        row.late = false
        row.startAt = -1
        row.modality = .inPerson
        row.status = .noShow
        #expect(
            text(try JSONWriter.encode(row))
                == #"{"id":0,"modality":"in_person","startAt":-1,"status":"no_show","late":false}"#)
    }

    @Test func `lists of 64-bit numbers and bytes are written as they are read`() throws {
        var message = EveryKind()
        message.numbers = [.max, 0]
        message.aFixed64 = .max
        message.contents = [Data([0, 0xFF])]
        message.colours = [.darkBlue]
        let json = try JSONWriter.encode(message)
        #expect(
            text(json)
                == #"{"aFixed64":18446744073709551615,"numbers":[18446744073709551615,0],"colours":["dark_blue"],"contents":["AP8="]}"#
        )
        #expect(try JSONReader.decode(EveryKind.self, from: json, descriptors: testSchema) == message)
    }
}
