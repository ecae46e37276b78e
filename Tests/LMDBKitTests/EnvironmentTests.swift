import Foundation
import LMDBKit
import Testing

@Suite struct EnvironmentTests {
    private func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/daybook-test-\(UUID())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test(arguments: [1, 4_096, 65_536])
    func `a file that is no database is an error, and its handle is closed once`(_ bytes: Int) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(repeating: 0, count: bytes).write(to: URL(fileURLWithPath: folder + "/data.mdb"))
        for _ in 0..<20 {
            let error = #expect(throws: LMDBError.self) { try Environment(path: folder) }
            #expect(error?.isDamage == true, "\(String(describing: error))")
        }
    }

    @Test func `a folder that is not there is an error`() throws {
        #expect(throws: LMDBError.self) { try Environment(path: "/nowhere/\(UUID())") }
    }
}
