import Foundation
import LMDBKit
import TestKit
import Testing

@Suite struct TrustMarkTests {
    private let folder: TemporaryFolder
    private var mark: TrustMark { TrustMark(folder: folder.path, version: 1, bootID: "boot-1") }

    init() throws {
        folder = try TemporaryFolder()
        try Data([1]).write(to: URL(fileURLWithPath: folder.child("data.mdb")))
    }

    @Test func `a mark is on the disk, name and all, when it is said to be made`() throws {
        for make in [{ try mark.markInUse() }, { try mark.markClean() }] as [() throws -> Void] {
            let trace = DiskTrace(folder.path)
            try make()
            #expect(trace.isDurablyReplaced("trust"), "\(trace.calls)")
        }
    }

    @Test func `a disk that takes a few bytes at a time gets the whole mark`() throws {
        do {
            let trace = DiskTrace(folder.path, writeMax: 7)
            try mark.markInUse()
            #expect(trace.isDurablyReplaced("trust"))
        }
        #expect(mark.isTrusted)
    }

    @Test func `a removed mark is gone from the disk, and nothing is trusted`() throws {
        try mark.markClean()
        let trace = DiskTrace(folder.path)
        try mark.remove()
        #expect(trace.calls == [.remove("trust"), .sync("")])
        #expect(!mark.isTrusted)
        // There is nothing to remove the second time.
        try mark.remove()
    }

    @Test func `files are trusted within one boot, or after an orderly end`() throws {
        let later = TrustMark(folder: folder.path, version: 1, bootID: "boot-2")
        try mark.markInUse()
        #expect(mark.isTrusted && !mark.isClean && !later.isTrusted)
        try mark.markClean()
        #expect(mark.isTrusted && later.isTrusted && later.isClean)
        #expect(!TrustMark(folder: folder.path, version: 2, bootID: "boot-1").isTrusted)
        // Another file in the place of the one that was marked.
        try Data([1]).write(to: URL(fileURLWithPath: folder.child("data.mdb")), options: .atomic)
        #expect(!mark.isTrusted)
    }
}
