import Schema
import SwiftProtobuf

/// Requests as Protobuf. What is read could have been said in JSON, so it holds nothing that the schema does not have.
enum ProtobufPromises {
    static func hold(for input: RequestInput, _ reader: FuzzTarget.Reader) throws -> Bool {
        try hold(for: input.body, as: input.type.message, reader)
    }

    private static func hold<M: Message>(
        for body: [UInt8], as type: M.Type, _ reader: FuzzTarget.Reader
    ) throws -> Bool {
        let message: M
        do throws(FieldError) {
            message = try read(body, reader)
        } catch {
            try RequestPromises.hold(for: error, body: body, private: [body.indices]) { other in
                refusal { () throws(FieldError) -> M in try read(other, reader) }
            }
            return false
        }
        try RequestPromises.hold(for: message)
        return true
    }

    private static func read<M: Message>(_ body: [UInt8], _ reader: FuzzTarget.Reader) throws(FieldError) -> M {
        guard reader == .faulty else { return try ProtobufReader.decode(from: body) }
        // The fault that is planted: swift-protobuf alone, which keeps what it does not know.
        do {
            return try M(serializedBytes: body)
        } catch {
            throw FieldError(path: "", problem: "The body is not valid Protobuf.")
        }
    }
}
