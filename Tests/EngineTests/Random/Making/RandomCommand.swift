import Clinic
import Foundation
import Schema
import TestKit

/// Makes up commands: most as somebody in their right mind would send them, the rest from the published schema alone, so
/// that one that is added is tried without further ado.
struct RandomCommand {
    /// No field is known by this name: the harness would not know what to write into it.
    struct Unknown: Error, CustomStringConvertible {
        var description: String
    }

    let type: any Command.Type
    private(set) var json: String
    let credentials: Credentials
    /// Nothing in it is wrong by intent.
    private(set) var isSensible: Bool

    init(_ world: RandomWorld, _ random: inout SeededGenerator) throws {
        if random.chance(80) {
            for _ in 0..<12 {
                if let made = try Self.sensible(world, &random) {
                    self = made
                    return
                }
            }
        }
        guard let type = random.pick(Commands.all) else { throw Unknown(description: "there is no command") }
        try self.init(type, world, &random)
    }

    /// One of this type from the schema alone.
    init(_ type: any Command.Type, _ world: RandomWorld, _ random: inout SeededGenerator) throws {
        self.type = type
        json = try Self.object(Self.shape(type), of: type.name, world, &random)
        isSensible = false
        credentials = Self.anybody(world, &random)
    }

    private init(
        _ type: any Command.Type, _ json: String, by credentials: Credentials, isSensible: Bool = true
    ) {
        self.type = type
        self.json = json
        self.credentials = credentials
        self.isSensible = isSensible
    }

    private static func shape(_ type: any Command.Type) throws -> MessageShape {
        guard let shape = Descriptors.schema.message(named: type.name) else {
            throw Unknown(description: "\(type.name) is not in the schema")
        }
        return shape
    }

    /// Now and then nobody who is known.
    private static func anybody(_ world: RandomWorld, _ random: inout SeededGenerator) -> Credentials {
        if random.chance(5) { return user(99) }
        return random.pick(world.callers).flatMap { world.credentials(of: $0) } ?? user()
    }

    private static func sensible(_ world: RandomWorld, _ random: inout SeededGenerator) throws -> RandomCommand? {
        let isHinted = world.hint != nil && random.chance(60)
        let likely = isHinted ? Sensible.hinted(world) : Sensible.usual(world)
        let weights = Commands.all.map { likely[$0.name] ?? (isHinted ? 0 : 1) }
        var left = Int.random(in: 0..<weights.reduce(0, +), using: &random)
        let index = weights.firstIndex { weight in
            left -= weight
            return left < 0
        }
        let type = Commands.all[index ?? 0]
        var maker = Sensible(world, random)
        let fields = maker.fields(of: type.name)
        random = maker.random
        guard let fields else { return nil }
        var (json, isSensible) = (text(fields), true)
        if random.chance(6) {
            // One thing about it is not as it was meant.
            let shape = try shape(type)
            let other = try object(shape, of: type.name, world, &random)
            if let field = random.pick(shape.fields)?.jsonName, let value = member(field, of: other) {
                json = text(fields.merging([field: value]) { $1 })
                isSensible = false
            }
        }
        guard let credentials = sender(of: type, json, maker, world, &random) else { return nil }
        return RandomCommand(type, json, by: credentials, isSensible: isSensible)
    }

    /// Mostly one who may.
    private static func sender(
        of type: any Command.Type, _ json: String, _ maker: Sensible, _ world: RandomWorld,
        _ random: inout SeededGenerator
    ) -> Credentials? {
        if let credentials = maker.credentials { return credentials }
        if random.chance(5) { return anybody(world, &random) }
        guard let command = try? type.decoded(from: json) else { return anybody(world, &random) }
        let ask = PlainAsk(
            clinic: world.clinic, command: command, json: json, caller: nil, uid: nil, nowMs: world.nowMs,
            isSensible: true)
        let (client, staff) = ask.target
        let fit = world.callers(of: type.name, client: client, staff: staff).filter { caller in
            !maker.avoided.contains(caller)
                && (maker.needed.map { !$0.isDisjoint(with: world.clinic.roles(of: caller, atMs: world.nowMs)) } ?? true)
        }
        let others = world.callers.filter { !fit.contains($0) }
        // Rather one who could do it once.
        let roles = PlainRoles.cells(type.name)?.map(\.key) ?? []
        let former = others.filter { world.clinic.staff[$0]?.formerRoles.isDisjoint(with: roles) == false }
        if random.chance(former.isEmpty ? 6 : 20) {
            return random.pick(former.isEmpty ? others : former).flatMap { world.credentials(of: $0) }
        }
        return random.pick(fit).flatMap { world.credentials(of: $0) }
    }

    private static func text(_ fields: Sensible.Fields) -> String {
        let members = fields.keys.sorted().map { key in "\"\(key)\":\(fields[key] ?? "null")" }
        return "{\(members.joined(separator: ","))}"
    }

    /// What a member of an object is, as it was written.
    private static func member(_ name: String, of json: String) -> String? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any],
            let value = object[name],
            let bytes = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
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
            let value = field.isRepeated ? "[\(values.joined(separator: ","))]" : values.first ?? "null"
            members.append("\"\(field.jsonName)\":\(value)")
        }
        return "{\(members.joined(separator: ","))}"
    }
}

extension Command {
    static func decoded(from json: String) throws -> any Command {
        do throws(FieldError) {
            return try JSONReader.decode(Self.self, from: Array(json.utf8))
        } catch {
            throw Refusal(error)
        }
    }
}
