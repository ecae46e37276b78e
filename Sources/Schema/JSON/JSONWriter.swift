import SwiftProtobuf

/// Writes a message as the API's JSON: lowerCamelCase, 64-bit numbers as numbers, enums by their word, what is set and
/// nothing else, in the order of field numbers. Equal messages give equal bytes within one build.
public enum JSONWriter {
    /// - Throws: `JSONEncodingError` of SwiftProtobuf; messages of the schema give it no cause.
    public static func encode(_ message: some Message) throws -> [UInt8] {
        var options = JSONEncodingOptions()
        options.alwaysPrintInt64sAsNumbers = true
        options.useDeterministicOrdering = true
        return try message.jsonUTF8Bytes(options: options)
    }
}
