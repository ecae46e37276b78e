import Foundation
import SwiftProtobuf

/// The schema as data: its messages, fields, enums and comments.
public struct Descriptors: Sendable {
    /// In the order of files and declarations; nested ones follow what they are nested in.
    public let messages: [MessageShape]
    public let enums: [EnumShape]
    /// The same without text, for the check of every record's bytes.
    let wire: WireShapes
    private let byFullName: [String: Int]

    /// Messages of one name in different packages do not occur: there is one package.
    private let byName: [String: Int]

    init(messages: [MessageShape], enums: [EnumShape]) {
        self.messages = messages
        self.enums = enums
        wire = WireShapes(messages: messages, enums: enums)
        byFullName = Dictionary(zip(messages.map(\.fullName), messages.indices)) { first, _ in first }
        byName = Dictionary(zip(messages.map(\.name), messages.indices)) { first, _ in first }
    }

    /// The published schema of this build, read once.
    public static let schema: Descriptors = {
        do {
            guard let bytes = Data(base64Encoded: DescriptorSet.base64) else { throw DescriptorError.notBase64 }
            return try Descriptors(serialized: Array(bytes))
        } catch {
            preconditionFailure("the embedded descriptor set is damaged; run tools/generate: \(error)")
        }
    }()

    /// Reads a serialized `FileDescriptorSet`.
    ///
    /// - Throws: `DescriptorError` for what the schema does not allow: maps, groups, floats, extensions.
    public init(serialized: [UInt8]) throws {
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: serialized)
        var loader = DescriptorLoader(set)
        self = try loader.load()
    }

    /// A message by its name, with or without the package.
    public func message(named name: String) -> MessageShape? {
        index(named: name).map { messages[$0] }
    }

    /// The place in `messages` of a message, by its name with or without the package.
    func index(named name: String) -> Int? { byFullName[name] ?? byName[name] }

    /// The place in `messages` of a generated type.
    ///
    /// - Precondition: The type belongs to this schema; which types are decoded is written in code.
    func index(of type: any Message.Type) -> Int {
        guard let index = byFullName[type.protoMessageName] else {
            preconditionFailure("\(type.protoMessageName) is not in the descriptor set")
        }
        return index
    }
}

/// Why a descriptor set is not a schema of ours.
public enum DescriptorError: Error, Equatable {
    case notBase64
    case unknownType(field: String)
    /// A map, group, float or extension.
    case notAllowed(field: String)
}
