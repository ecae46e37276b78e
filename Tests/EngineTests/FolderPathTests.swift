import Foundation
import TestKit
import Testing

@testable import Engine

@Suite struct FolderPathTests {
    @Test(arguments: ["/srv/clinic", "/srv/clinic/", "/srv/clinic//", "//srv/./clinic/.", "/srv/nowhere/../clinic/"])
    func `the keys lie beside the data, however its path is typed`(_ path: String) {
        let options = EngineOptions(dataDirectory: path)
        #expect(options.dataDirectory == "/srv/clinic")
        #expect(options.keysDirectory == "/srv/clinic.keys")
        #expect(EngineOptions(dataDirectory: path, keysDirectory: "/run/keys/").keysDirectory == "/run/keys")
    }

    @Test func `a path within the present folder begins there`() {
        let here = FolderPath.standard(FileManager.default.currentDirectoryPath)
        #expect(FolderPath.standard("data/") == here + "/data")
        #expect(FolderPath.standard(".") == here)
    }

    @Test func `two dots lead where they lead on the disk`() throws {
        let folder = try TemporaryFolder()
        let real = FolderPath.standard(folder.path + "/x/..")
        try FileManager.default.createDirectory(atPath: folder.child("far/off"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.child("link"), withDestinationPath: folder.child("far/off"))
        #expect(FolderPath.standard(folder.child("link/../data")) == FolderPath.standard(real + "/far/data"))
    }
}
