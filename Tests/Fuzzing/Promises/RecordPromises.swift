import Schema
import SwiftProtobuf

/// Records of the log. What is read can be recorded again, and foreign tools read the same by the published schema.
enum RecordPromises {
    static func hold(for bytes: [UInt8], _ reader: FuzzTarget.Reader) throws -> Bool {
        let recorded: Recorded
        do throws(RecordError) {
            recorded = try read(bytes, reader)
        } catch {
            try promise("\(error)".utf8.count <= 8_192, "the refusal is too long")
            if case .contentInvalid(let fault) = error {
                try RequestPromises.hold(for: fault, body: bytes, private: [bytes.indices]) { other in
                    let error = refusal { () throws(RecordError) in try read(other, reader) }
                    guard case .contentInvalid(let fault) = error else { return nil }
                    return fault
                }
            }
            return false
        }
        let event = recorded.event.message
        let again: Recorded
        do throws(RecordError) {
            again = try RecordView(try RecordWriter.encode(header: recorded.header, event: event)).recorded(at: 1)
        } catch {
            throw BrokenPromise(description: "what was read cannot be recorded: \(error)")
        }
        try promise(again.type == recorded.type, "the type changes")
        try promise(same(again.header, recorded.header) && same(again.event.message, event), "the record changes")
        try holdForeign(bytes, recorded)
        return true
    }

    private static func read(_ bytes: [UInt8], _ reader: FuzzTarget.Reader) throws(RecordError) -> Recorded {
        let view = try RecordView(bytes)
        guard reader == .faulty else { return try view.recorded(at: 1) }
        // The fault that is planted: swift-protobuf alone, which keeps what it does not know.
        do {
            return Recorded(
                position: 1, header: try Header(serializedBytes: Array(bytes[view.headerRange])), type: view.type,
                event: try AnyEvent(type: view.type, bytes: Array(bytes[view.eventRange])))
        } catch {
            throw .notProtobuf(offset: 0)
        }
    }

    private static func holdForeign(_ bytes: [UInt8], _ recorded: Recorded) throws {
        let foreign: Record
        do {
            foreign = try Record(serializedBytes: bytes)
        } catch {
            throw BrokenPromise(description: "swift-protobuf refuses the record: \(error)")
        }
        try promise(foreign.unknownFields.data.isEmpty, "swift-protobuf does not know all of the record")
        try promise(same(foreign.header, recorded.header), "swift-protobuf reads another header")
        let header = recorded.header
        var alone = Record()
        alone.header = header
        let own: [UInt8] = try alone.serializedBytes()
        let written = try RecordWriter.encode(header: header, event: recorded.event.message)
        try promise(written.starts(with: own), "the header is written otherwise")
        let whole = try Record(serializedBytes: written)
        try promise(same(whole, foreign), "swift-protobuf reads another event")
    }

    private static func same(_ left: some Message, _ right: some Message) -> Bool {
        CanonicalWriter.bytes(of: left) == CanonicalWriter.bytes(of: right)
    }
}
