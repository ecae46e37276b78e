import DaybookClient
import Schema
import SwiftProtobuf

/// Words of the schema as people type them: `in-person`, `in person` and `in_person` are one.
enum EnumWord {
    static func modality(_ text: String) throws -> Schema.Modality.Value { try value(text, "way to meet") }
    static func role(_ text: String) throws -> Role.Value { try value(text, "role") }
    static func conflict(_ text: String) throws -> ConflictClass.Value { try value(text, "kind of conflict") }
    static func by(_ text: String) throws -> RequestedBy.Value { try value(text, "party") }

    /// - Throws: `UsageError` with the words there are.
    static func value<Value: SwiftProtobuf.Enum & CaseIterable>(_ text: String, _ what: String) throws -> Value {
        let wanted = folded(text)
        let values = Value.allCases.filter { $0.rawValue != 0 }
        if let value = values.first(where: { folded("\($0)") == wanted }) { return value }
        throw UsageError(
            "“\(text)” is no \(what). There are: "
                + values.map { "\($0)".spaced.replacing(" ", with: "-") }.joined(separator: ", ") + ".")
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
