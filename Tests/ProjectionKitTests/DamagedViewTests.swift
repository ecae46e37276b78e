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
        // Every leaf of the file is filled with what no page is.
        let path = folder.child("views/Tally/1/data.mdb")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let row = Data("numbers".utf8)
        #expect(bytes.range(of: row) != nil)
        for start in stride(from: 2 * 4_096, to: bytes.count, by: 4_096) {
            // A leaf's values end in their checksum, at the page's end: one byte of it.
            bytes[start + 4_095] ^= 0xFF
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        try TrustMark(folder: folder.child("views/Tally/1"), version: 1).markInUse()
        let again = try Model(dataDirectory: folder.path, source: source)
        defer { again.stop() }
        let outcome = try again.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.newDigest == digest)
        #expect(outcome.isSwitched)
        #expect(try again.settled(at: 3_000) == digest)
    }
}
