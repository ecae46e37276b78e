import Foundation
import SwiftProtobuf
import Testing

@testable import Schema

/// What was recorded once must be read for ever, and to the same meaning.
@Suite struct GoldenRecordTests {
    private let folder = GoldenFolder()

    @Test(arguments: EventType.allCases)
    func `every shape of an event decodes to what it decoded to, and encodes to the same bytes`(_ type: EventType)
        throws
    {
        if GoldenFolder.isWriting { try folder.writeMissing(type) }
        let names = try folder.names(of: type)
        #expect(!names.isEmpty, "\(type.name) has no golden file; write it with DAYBOOK_WRITE_GOLDEN=1")
        for name in names {
            let bytes = try folder.record(name)
            let view = try RecordView(bytes)
            #expect(view.type == type)
            let recorded = try view.recorded(at: 0)
            #expect(try GoldenFolder.json(of: bytes) == folder.json(name), "\(name)")
            let header = try view.header()
            #expect(try Record(serializedBytes: bytes).header == header)
            #expect(recorded.header == RecordHeader(header))
            #expect(try RecordWriter.encode(header: header, event: recorded.event.message) == bytes, "\(name)")
        }
    }

    @Test(arguments: EventType.allCases)
    func `an event's golden files have every field it has`(_ type: EventType) throws {
        let names = try folder.names(of: type)
        let lacking = try names.map { try folder.missingFields($0, of: type) }
        #expect(lacking.contains([]), "\(type.name) has no golden file with \(lacking.last ?? [])")
    }

    @Test func `there is no golden file of an event that is none`() throws {
        let names = Set(EventType.allCases.map(\.name))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path.path)
        #expect(files.count >= 2 * EventType.allCases.count)
        for file in files { #expect(names.contains(String(file.split(separator: ".")[0])), "\(file)") }
    }
}
