/// A message of the schema as readers, writers and help see it.
public struct MessageShape: Sendable {
    /// With its package and what it is nested in, as `daybook.v1.Actor`.
    public let fullName: String
    /// Without the package, as `Actor`.
    public let name: String
    /// The file that declares it, as `record.proto`.
    public let file: String
    /// What its comment promises; empty without one.
    public let comment: String
    /// In the order of their declaration.
    public let fields: [FieldShape]
    /// Names of its oneofs, in lowerCamelCase.
    public let oneofs: [String]

    private let byJSONName: [String: Int]
    private let byNumber: [Int: Int]

    init(fullName: String, name: String, file: String, comment: String, fields: [FieldShape], oneofs: [String]) {
        self.fullName = fullName
        self.name = name
        self.file = file
        self.comment = comment
        self.fields = fields.map { field in
            var field = field
            field.example = FieldExample.text(for: field, among: fields)
            return field
        }
        self.oneofs = oneofs
        byJSONName = Dictionary(uniqueKeysWithValues: zip(fields.map(\.jsonName), fields.indices))
        byNumber = Dictionary(uniqueKeysWithValues: zip(fields.map(\.number), fields.indices))
    }

    /// The place in `fields` of the field with a lowerCamelCase name.
    ///
    /// Byte for byte: to Swift the Kelvin sign (U+212A) and K are one letter, to a caller's other reader they are two names.
    public func index(jsonName: String) -> Int? {
        guard let place = byJSONName[jsonName], fields[place].jsonName.utf8.elementsEqual(jsonName.utf8) else {
            return nil
        }
        return place
    }

    /// The place in `fields` of the field with a number. Numbers mostly follow the declaration, which spares the hash.
    public func index(number: Int) -> Int? {
        let guess = number - 1
        if fields.indices.contains(guess), fields[guess].number == number { return guess }
        return byNumber[number]
    }
}

/// A field of a message.
public struct FieldShape: Sendable {
    public let number: Int
    /// As in the schema, lower_snake_case.
    public let name: String
    /// As in JSON, lowerCamelCase.
    public let jsonName: String
    public let kind: FieldKind
    public let isRepeated: Bool
    /// The place in `MessageShape.oneofs` of the oneof it belongs to.
    public let oneof: Int?
    /// What its comment says; empty without one.
    public let comment: String
    /// A text of the form the comment asks for, as `2026-12-01T14:00`.
    public internal(set) var example: String?
}

/// What a field holds. Enums and messages are places in `Descriptors.enums` and `Descriptors.messages`.
public enum FieldKind: Hashable, Sendable {
    case int32, int64, uint32, uint64, sint32, sint64, fixed32, fixed64, sfixed32, sfixed64
    case bool, text, bytes
    case enumeration(Int)
    case message(Int)
}

/// An enum of the schema.
public struct EnumShape: Sendable {
    /// As `daybook.v1.Modality.Value`.
    public let fullName: String
    public let values: [EnumValue]

    /// A word and its number.
    public struct EnumValue: Sendable {
        /// lower_snake_case, as in JSON.
        public let word: String
        public let number: Int32
        public let comment: String
    }

    /// The words a request may use: all but the one that stands for nothing.
    public var words: [String] { values.filter { $0.number != 0 }.map(\.word) }

    public func number(of word: String) -> Int32? { values.first { $0.word == word }?.number }
}
