import Foundation
import SwiftProtobuf

@testable import Schema

/// Every shape in which an event was ever written: `<EventName>.bin`, later ones `<EventName>.2.bin` and so on, each with
/// the JSON of what it decodes to. Files are added and never changed.
///
/// With DAYBOOK_WRITE_GOLDEN set, what is missing is written: for an event without a file, or with fields that none of
/// its files has.
struct GoldenFolder {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    static let isWriting = ProcessInfo.processInfo.environment["DAYBOOK_WRITE_GOLDEN"] != nil

    /// Names of the files of an event, without their endings, oldest first.
    func names(of type: EventType) throws -> [String] {
        let files = try FileManager.default.contentsOfDirectory(atPath: path.path)
        return files.filter { $0.hasSuffix(".bin") }.map { String($0.dropLast(4)) }
            .filter { $0.split(separator: ".").first.map(String.init) == type.name }
            .sorted { ($0.count, $0) < ($1.count, $1) }
    }

    func record(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: file(name, "bin"))) }

    func json(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: file(name, "json")), as: UTF8.self)
    }

    private func file(_ name: String, _ ending: String) -> URL { path.appendingPathComponent("\(name).\(ending)") }

    /// What a record decodes to: its header and its event, as the message `Record` has them.
    static func json(of record: [UInt8]) throws -> String {
        String(decoding: try JSONWriter.encode(Record(serializedBytes: record)), as: UTF8.self) + "\n"
    }

    /// Fields of the header and the event that a file does not have.
    func missingFields(_ name: String, of type: EventType) throws -> [String] {
        let record =
            try JSONSerialization.jsonObject(with: Data(contentsOf: file(name, "json"))) as? [String: Any] ?? [:]
        let shape = Descriptors.schema.messages[Descriptors.schema.index(of: type.message)]
        let header = Descriptors.schema.messages[Descriptors.schema.index(of: Header.self)]
        let event = record.first { $0.key != "header" }?.value as? [String: Any] ?? [:]
        let golden = GoldenMessage(shapes: .schema)
        return golden.missing(in: record["header"] as? [String: Any] ?? [:], of: header)
            + golden.missing(in: event, of: shape)
    }

    /// Writes one more file for an event when its files lack some field.
    func writeMissing(_ type: EventType) throws {
        let names = try names(of: type)
        guard try !names.contains(where: { try missingFields($0, of: type).isEmpty }) else { return }
        let golden = GoldenMessage(shapes: .schema)
        func shape(_ message: any Message.Type) -> MessageShape {
            Descriptors.schema.messages[Descriptors.schema.index(of: message)]
        }
        let header = try Header(serializedBytes: golden.bytes(of: shape(Header.self)))
        let event = try type.message.init(serializedBytes: golden.bytes(of: shape(type.message)))
        let record = try RecordWriter.encode(header: header, event: event)
        let name = names.isEmpty ? type.name : "\(type.name).\(names.count + 1)"
        try Data(record).write(to: file(name, "bin"), options: .withoutOverwriting)
        try Data(Self.json(of: record).utf8).write(to: file(name, "json"), options: .withoutOverwriting)
    }
}
