import Clinic
import Foundation
import Schema
import TestKit

/// Makes up commands from the published schema, so that one that is added is tried without further ado.
struct RandomCommand {
    /// No field is known by this name: the harness would not know what to write into it.
    struct Unknown: Error, CustomStringConvertible {
        var description: String
    }

    let type: any Command.Type
    let json: String

    /// The appointment that it is about.
    var appointment: UInt64? {
        json.firstMatch(of: /"appointment":([0-9]+)/).flatMap { UInt64($0.1) }
    }

    init(_ world: RandomWorld, _ random: inout SeededGenerator) throws {
        // More of what fills a calendar than of what is done once.
        let often = [
            "BookAppointment", "BookAppointment", "BookAppointment", "RescheduleAppointment", "CancelAppointment",
            "ConfirmAppointment", "CheckInClient", "StartSession", "EndSession", "RecordSession", "MarkNoShow",
            "RegisterClient", "UpdateClientDetails", "AssignCareTeamMember", "RequestTimeOff", "ApproveTimeOff",
            "PostCharge", "DraftInvoice", "IssueInvoice", "RecordPayment",
        ]
        let name = random.chance(70) ? random.pick(often) : nil
        guard let type = name.flatMap({ Commands.byName[$0] }) ?? random.pick(Commands.all) else {
            throw Unknown(description: "there is no command")
        }
        try self.init(type, world, &random)
    }

    init(_ type: any Command.Type, _ world: RandomWorld, _ random: inout SeededGenerator) throws {
        self.type = type
        guard let shape = Descriptors.schema.message(named: type.name) else {
            throw Unknown(description: "\(type.name) is not in the schema")
        }
        json = try Self.object(shape, of: type.name, world, &random)
    }

    /// The command, or why there is none.
    func decoded() throws -> any Command { try type.decoded(from: json) }

    private static func object(
        _ shape: MessageShape, of owner: String, _ world: RandomWorld, _ random: inout SeededGenerator
    ) throws -> String {
        var members: [String] = []
        for field in shape.fields {
            let maker = RandomField(field, of: owner, world)
            guard random.chance(maker.percent) else { continue }
            let count = field.isRepeated ? Int.random(in: 0...2, using: &random) : 1
            let values = try (0..<count).map { _ in
                if case .message(let index) = field.kind {
                    let inner = Descriptors.schema.messages[index]
                    return try object(inner, of: inner.name, world, &random)
                }
                return try maker.value(&random)
            }
            members.append(
                "\"\(field.jsonName)\":"
                    + (field.isRepeated ? "[\(values.joined(separator: ","))]" : values.first ?? "null"))
        }
        return "{\(members.joined(separator: ","))}"
    }
}

extension Command {
    fileprivate static func decoded(from json: String) throws -> any Command {
        do throws(FieldError) {
            return try JSONReader.decode(Self.self, from: Array(json.utf8))
        } catch {
            throw Refusal(error)
        }
    }
}
