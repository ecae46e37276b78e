import Foundation
import LMDBKit
import TestKit
import Testing

@Suite struct EnvironmentTests {
    @Test func `a file that is none of LMDB's is refused, and the process is none the worse`() throws {
        let folder = try TemporaryFolder()
        try Data(count: 8_192).write(to: URL(fileURLWithPath: folder.child("data.mdb")))
        // Closing a handle twice would be found out by one of these.
        for _ in 0..<50 { #expect(throws: LMDBError.self) { try Environment(path: folder.path) } }
        #expect(throws: LMDBError.self) { try Environment(path: folder.child("nowhere")) }
    }
}
