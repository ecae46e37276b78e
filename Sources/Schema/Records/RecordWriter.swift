import SwiftProtobuf

/// Makes a record's bytes: the header as field 1, then the event under its type. They are made once and stored as they are.
public enum RecordWriter {
    /// - Throws: `RecordError` when reading the bytes back would: too large, unknown fields or enum values, a header
    ///   without its 16 random bytes or its place within the command.
    public static func encode(header: Header, event: some Event) throws(RecordError) -> [UInt8] {
        guard header.random.count == 16 else { throw .headerInvalid }
        let headerBytes = try serialized(header)
        let eventBytes = try serialized(event)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerBytes.count + eventBytes.count + 12)
        bytes.appendTag(1, .lengthDelimited)
        bytes.appendLengthDelimited(headerBytes)
        bytes.appendTag(Int(Swift.type(of: event).type.rawValue), .lengthDelimited)
        bytes.appendLengthDelimited(eventBytes)
        _ = try RecordView(bytes)
        return bytes
    }

    private static func serialized<M: Message>(_ message: M) throws(RecordError) -> [UInt8] {
        do {
            let bytes: [UInt8] = try message.serializedBytes()
            try WireCheck.ofRecords.check(bytes, as: Descriptors.schema.index(of: M.self))
            return bytes
        } catch let error as FieldError {
            throw .contentInvalid(error)
        } catch {
            throw .contentInvalid(FieldError(path: "", problem: "The message cannot be written."))
        }
    }
}
