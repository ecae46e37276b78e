import Foundation
import LMDBKit
import Schema
import TestKit
import Testing

@testable import ProjectionKit

/// A read model whose rows are not what was written is no obstacle to a new one.
@Suite struct DamagedViewTests {
    private typealias Model = View<Tally<First>>
    private let folder: TemporaryFolder
    private let source = MemorySource(someRoles(3_000), pageMax: 500)

    init() throws { folder = try TemporaryFolder() }

    @Test func `a rebuild takes the place of one that cannot be read to its end`() throws {
        let view = try Model(dataDirectory: folder.path, source: source)
        let digest = try view.settled(at: 3_000)
        view.stop()
        // The record of the table says that its root is a page which the file does not have. The root is the last of the
        // record's 48 bytes, which follow the table's name.
        let path = folder.child("views/Tally/1/data.mdb")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var start = bytes.startIndex
        while let name = bytes[start...].range(of: Data("numbers".utf8)) {
            bytes.replaceSubrange(name.upperBound + 40..<name.upperBound + 44, with: Data(repeating: 0xFE, count: 4))
            start = name.upperBound + 48
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        try TrustMark(folder: folder.child("views/Tally/1"), version: 1).markInUse()
        let again = try Model(dataDirectory: folder.path, source: source)
        defer { again.stop() }
        #expect(throws: LMDBError.self) { try again.digest() }
        let outcome = try again.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.newDigest == digest)
        #expect(outcome.isSwitched)
        #expect(try again.settled(at: 3_000) == digest)
    }
}
