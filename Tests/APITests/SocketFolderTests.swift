import Foundation
import TestKit
import Testing

@testable import API

struct SocketFolderTests {
    @Test func `a path that is too long is refused before anything is made`() throws {
        let folder = try TemporaryFolder()
        let path = folder.child(String(repeating: "s", count: 104 - folder.path.utf8.count - 1))
        #expect(path.utf8.count == 104)
        let failure = #expect(throws: SocketFolder.Failure.self) { try SocketFolder(path: path) }
        #expect(failure?.description.contains("at most 103") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        _ = try SocketFolder(path: String(path.dropLast()))
    }

    @Test func `a file that is no socket is never replaced`() throws {
        let folder = try TemporaryFolder()
        _ = FileManager.default.createFile(atPath: folder.child("notes"), contents: Data("mine".utf8))
        #expect(throws: SocketFolder.Failure.self) { try SocketFolder(path: folder.child("notes")) }
        #expect(FileManager.default.contents(atPath: folder.child("notes")) == Data("mine".utf8))
    }

    @Test func `the folder in which it is bound is closed to others`() throws {
        let folder = try TemporaryFolder()
        let socket = try SocketFolder(path: folder.child("s"))
        try FileManager.default.createDirectory(atPath: folder.child("s.d"), withIntermediateDirectories: false)
        chmod(folder.child("s.d"), 0o777)
        try socket.prepare()
        var status = stat()
        #expect(stat(folder.child("s.d"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
    }
}
