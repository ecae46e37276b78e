import SwiftProtobuf
import Testing

@testable import Schema

/// What every message of the published schema keeps to.
@Suite struct SchemaConventionTests {
    private let schema = Descriptors.schema

    @Test func `the types of events are the numbers in Record`() throws {
        let record = try #require(schema.message(named: "Record"))
        let events = record.fields.filter { $0.oneof != nil }
        #expect(events.map { UInt32($0.number) } == EventType.allCases.map(\.rawValue))
        for (field, type) in zip(events, EventType.allCases) {
            guard case .message(let index) = field.kind else {
                Issue.record("\(field.name) is no message")
                continue
            }
            #expect(schema.messages[index].name == type.name)
            #expect(type.message.protoMessageName == schema.messages[index].fullName)
            #expect(type.message.type == type)
            #expect(type.rawValue / 1000 == type.area.rawValue)
            #expect(Swift.type(of: try AnyEvent(type: type, bytes: []).message).type == type)
        }
    }

    @Test func `the header's numbers that are read by hand are those of the schema`() throws {
        let header = try #require(schema.message(named: "Header"))
        let names = [2: "recordedAt", 3: "effectiveAt", 4: "index", 5: "count"]
        for (number, name) in names {
            #expect(header.fields[try #require(header.index(number: number))].jsonName == name)
        }
    }

    @Test func `commands and queries are those of their files`() {
        let commands = schema.messages.filter { $0.file.hasSuffix("_commands.proto") }
        #expect(Set(Requests.commands.map(\.name)) == Set(commands.map(\.name)))
        let queries = schema.messages.filter { $0.file == "queries.proto" && !$0.name.hasSuffix("Answer") }
        #expect(Set(Requests.queries.map(\.name)) == Set(queries.map(\.name)))
        for request in Requests.queries {
            #expect(request.answer.protoMessageName == "daybook.v1.\(request.name)Answer")
        }
    }

    @Test func `an enum begins with unspecified, and its words are lower_snake`() {
        for shape in schema.enums {
            #expect(shape.values.first?.word == "unspecified" && shape.values.first?.number == 0, "\(shape.fullName)")
            for value in shape.values {
                #expect(value.word.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(value.word)")
            }
        }
    }
}
