import Foundation
import SwiftProtobuf
import Testing

@testable import Schema

@Suite struct DescriptorsTests {
    private let schema = Descriptors.schema

    @Test func `messages, fields and words have their comments`() throws {
        let message = try #require(schema.message(named: "BookAppointment"))
        #expect(message.fullName == "daybook.v1.BookAppointment")
        #expect(message.file == "scheduling_commands.proto")
        #expect(message.comment == "Book an appointment.")
        let field = message.fields[try #require(message.index(jsonName: "location"))]
        #expect(field.comment == "Left out for online and phone.")
        #expect(schema.message(named: "daybook.v1.BookAppointment")?.name == "BookAppointment")
        #expect(schema.message(named: "NoSuchThing") == nil)
        let shift = try #require(schema.enums.first { $0.fullName == "daybook.v1.DaylightShift.Value" })
        #expect(shift.words == ["none", "gap_shifted", "overlap_first"])
        #expect(shift.values[1].comment == "It exists once.")
    }

    @Test func `fields are found by number and by name, however far apart the numbers are`() throws {
        let record = try #require(schema.message(named: "Record"))
        #expect(record.index(number: 1) == 0)
        #expect(record.index(number: 2) == nil)
        #expect(record.index(number: 0) == nil)
        #expect(record.index(number: Int.max) == nil)
        #expect(record.fields[try #require(record.index(number: 6001))].jsonName == "appointmentBooked")
        #expect(record.oneofs == ["event"])
        #expect(record.fields.filter { $0.oneof == 0 }.count == EventType.allCases.count)
    }

    @Test func `examples follow the comments`() throws {
        func example(_ message: String, _ field: String) throws -> String? {
            let shape = try #require(schema.message(named: message))
            return shape.fields[try #require(shape.index(jsonName: field))].example
        }
        #expect(try example("BookAppointment", "start") == "2026-12-01T14:00")
        #expect(try example("RecordSession", "ended") == "2026-12-01T14:50")
        #expect(try example("SetWeeklyHours", "effectiveFrom") == "2026-12-01")
        #expect(try example("InitialisePractice", "zone") == "America/New_York")
        #expect(try example("InitialisePractice", "jurisdiction") == "US-NY")
        #expect(try example("ListClients", "number") == "C-00004")
        #expect(try example("BookAppointment", "overrideReason") == nil)
    }

    @Test func `maps and floats have no place in the schema`() throws {
        func set(_ type: Google_Protobuf_FieldDescriptorProto.TypeEnum) throws -> [UInt8] {
            var field = Google_Protobuf_FieldDescriptorProto()
            field.name = "amount"
            field.number = 1
            field.type = type
            field.label = .optional
            var message = Google_Protobuf_DescriptorProto()
            message.name = "M"
            message.field = [field]
            var file = Google_Protobuf_FileDescriptorProto()
            file.messageType = [message]
            var set = Google_Protobuf_FileDescriptorSet()
            set.file = [file]
            return try set.serializedBytes()
        }
        for type in [Google_Protobuf_FieldDescriptorProto.TypeEnum.double, .float, .group] {
            let bytes = try set(type)
            #expect(throws: DescriptorError.notAllowed(field: "M.amount")) { try Descriptors(serialized: bytes) }
        }
        #expect(throws: DescriptorError.unknownType(field: "amount")) { try Descriptors(serialized: try set(.message)) }
    }
}
