import Foundation
import LMDBKit
import ProjectionKit
import Schema
import TestKit
import Testing

@Suite struct AsOfTests {
    static func digest(of source: MemorySource, at position: UInt64) throws -> String {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try AsOfCache(directory: folder.path, source: source).digest(Tally<First>.self, at: position)
        }
    }

    @Test func `as of a position is what a read model over that prefix holds`() throws {
        let records = someRoles(300)
        let source = MemorySource(records)
        for position in [0, 1, 6, 7, 8, 150, 299, 300] {
            let folder = try TemporaryFolder()
            let prefix = MemorySource(Array(records.prefix(position)))
            let view = try View<Tally<First>>(dataDirectory: folder.path, source: prefix)
            defer { view.stop() }
            #expect(try Self.digest(of: source, at: UInt64(position)) == view.settled(at: UInt64(position)))
        }
    }

    @Test func `no more are kept than there is room for, and one that went comes back`() throws {
        let folder = try TemporaryFolder()
        let source = MemorySource(someRoles(50))
        let cache = try AsOfCache(directory: folder.path, source: source, generationsMax: 3)
        let first = try cache.digest(Tally<First>.self, at: 10)
        for position in 11..<20 { _ = try cache.digest(Tally<First>.self, at: UInt64(position)) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.child("Tally")).count == 3)
        #expect(try cache.digest(Tally<First>.self, at: 10) == first)
    }

    @Test func `one that failed to be built is built at the next question`() throws {
        let folder = try TemporaryFolder()
        Awkward.trap(3_001) { _ in throw Awkward.Stumbled() }
        let source = MemorySource(given([1, 2, 3_001, 4]))
        let cache = try AsOfCache(directory: folder.path, source: source)
        #expect(throws: Awkward.Stumbled.self) { try cache.digest(Tally<Awkward>.self, at: 4) }
        Awkward.trap(3_001, nil)
        #expect(try cache.digest(Tally<Awkward>.self, at: 4) == Self.digest(of: source, at: 4))
    }

    @Test func `what a former process left behind is removed`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.child("Tally/4/half"), withIntermediateDirectories: true)
        _ = try AsOfCache(directory: folder.path, source: MemorySource())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
