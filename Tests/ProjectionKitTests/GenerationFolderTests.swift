import TestKit
import Testing

@testable import ProjectionKit

@Suite struct GenerationFolderTests {
    @Test func `which generation serves is on the disk before the former one may go`() throws {
        let folder = try TemporaryFolder()
        let generations = try GenerationFolder(dataDirectory: folder.path, name: "Tally")
        #expect(generations.current == nil)
        for number: UInt64 in [1, 2] {
            let trace = DiskTrace(generations.path)
            try generations.setCurrent(number)
            #expect(trace.isDurablyReplaced("current"), "\(trace.calls)")
            #expect(generations.current == number)
        }
    }
}
