import Schema
import SwiftProtobuf

/// Records of the log. What is read can be recorded again, and foreign tools read the same by the published schema.
enum RecordPromises {
    /// A record with its header as the message in full; folds read fewer fields of it.
    private struct Whole {
        var header: Header
        var recorded: Recorded
    }

    static func hold(for bytes: [UInt8], _ reader: FuzzTarget.Reader) throws -> Bool {
        let found: Whole
        do throws(RecordError) {
            found = try read(bytes, reader)
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
        let recorded = found.recorded
        let event = recorded.event.message
        let again: Recorded
        do throws(RecordError) {
            again = try RecordView(try RecordWriter.encode(header: found.header, event: event)).recorded(at: 1)
        } catch {
            throw BrokenPromise(description: "what was read cannot be recorded: \(error)")
        }
        try promise(again.type == recorded.type, "the type changes")
        try promise(again.header == recorded.header && same(again.event.message, event), "the record changes")
        try promise(recorded.header == RecordHeader(found.header), "folds read another header")
        try holdForeign(bytes, found)
        return true
    }

    private static func read(_ bytes: [UInt8], _ reader: FuzzTarget.Reader) throws(RecordError) -> Whole {
        let view = try RecordView(bytes)
        guard reader == .faulty else { return Whole(header: try view.header(), recorded: try view.recorded(at: 1)) }
        // The fault that is planted: swift-protobuf alone, which keeps what it does not know.
        do {
            let header = try Header(serializedBytes: Array(bytes[view.headerRange]))
            let event = try AnyEvent(type: view.type, bytes: Array(bytes[view.eventRange]))
            return Whole(
                header: header,
                recorded: Recorded(position: 1, header: RecordHeader(header), type: view.type, event: event))
        } catch {
            throw .notProtobuf(offset: 0)
        }
    }

    private static func holdForeign(_ bytes: [UInt8], _ found: Whole) throws {
        let foreign: Record
        do {
            foreign = try Record(serializedBytes: bytes)
        } catch {
            throw BrokenPromise(description: "swift-protobuf refuses the record: \(error)")
        }
        try promise(foreign.unknownFields.data.isEmpty, "swift-protobuf does not know all of the record")
        try promise(same(foreign.header, found.header), "swift-protobuf reads another header")
        let header = found.header
        var alone = Record()
        alone.header = header
        let own: [UInt8] = try alone.serializedBytes()
        let written = try RecordWriter.encode(header: header, event: found.recorded.event.message)
        try promise(written.starts(with: own), "the header is written otherwise")
        let whole = try Record(serializedBytes: written)
        try promise(same(whole, foreign), "swift-protobuf reads another event")
    }

    private static func same(_ left: some Message, _ right: some Message) -> Bool {
        CanonicalWriter.bytes(of: left) == CanonicalWriter.bytes(of: right)
    }
}
