import EventStore
import Foundation
import TestKit
import Testing

/// What a verifier comes for a moment after it has fetched a checkpoint.
struct PartialTileTests {
    private func partials(_ published: Published) throws -> [String] {
        try published.files().keys.filter { $0.contains(".p/") }.sorted()
    }

    @Test func `the tiles of every published checkpoint stay until the full one is there`() throws {
        let published = try Published()
        let publisher = try published.publisher()
        for size in [100, 101, 255] {
            try published.append(size - Int(published.log.size))
            _ = try publisher.publish()
        }
        let widths = [100, 101, 255]
        #expect(
            try partials(published)
                == widths.map { "tile/0/000.p/\($0)" } + widths.map { "tile/entries/000.p/\($0)" })
        let tile = try published.folder.bytes("data/tiles/tile/0/000.p/100")
        #expect(tile.count == 3_200)
        try published.append(1)
        _ = try publisher.publish()
        #expect(try partials(published) == ["tile/1/000.p/1"])
        #expect(try Array(published.folder.bytes("data/tiles/tile/0/000").prefix(3_200)) == tile)
    }

    @Test func `after a restart they are there as before`() throws {
        let published = try Published()
        try published.append(300)
        _ = try published.publisher().publish()
        try published.append(10)
        _ = try published.publisher().publish()
        #expect(
            try partials(published) == [
                "tile/0/001.p/44", "tile/0/001.p/54", "tile/1/000.p/1", "tile/entries/001.p/44",
                "tile/entries/001.p/54",
            ])
    }

    @Test func `of bundles with very long records only the widest are kept`() throws {
        let published = try Published()
        let publisher = try published.publisher()
        // One more record of 60 KiB each time: all bundles together come to 32 MiB at the 33rd.
        for _ in 0..<40 {
            _ = try published.log.append(
                [[UInt8](repeating: 7, count: EventLog.recordBytesMax)], at: published.log.size)
            _ = try publisher.publish()
        }
        let kept = try partials(published)
        let bundles = kept.filter { $0.hasPrefix("tile/entries/") }
        #expect(kept.count { $0.hasPrefix("tile/0/") } == 40)
        let bytes = try bundles.reduce(0) { try $0 + published.folder.bytes("data/tiles/\($1)").count }
        #expect(bytes <= 32 << 20 && bytes > 30 << 20)
        #expect(bundles.contains("tile/entries/000.p/40") && !bundles.contains("tile/entries/000.p/1"))
    }
}

struct PublishingInStepsTests {
    @Test func `whoever asks what is published does not wait for what is being made`() async throws {
        let published = try Published()
        let publisher = try published.publisher()
        try published.append(5)
        let first = try publisher.publish()
        try published.append(5)
        var seen: [Checkpoint?] = []
        // Asked in the middle of the work, on its own thread: one lock for both would never come back.
        _ = try publisher.publish {
            seen.append(publisher.latest)
            return false
        }
        #expect(!seen.isEmpty && seen.allSatisfy { $0 == first })
        #expect(publisher.latest?.size == 10)
    }

    @Test func `told to stop it ends at the next page or tile, and another goes on to the same result`() throws {
        let published = try Published()
        try published.append(3_000)
        let whole = try Published.tiles(of: published)
        for step in stride(from: 0, to: 60, by: 4) {
            try published.folder.remove("data/tiles")
            for anchor in ["data/anchor", "keys/anchor"] where published.folder.exists(anchor) {
                try published.folder.remove(anchor)
            }
            var asked = 0
            let stopped = try published.publisher().publish {
                asked += 1
                return asked > step
            }
            guard stopped == nil else {
                #expect(step > 20, "it was asked but \(step) times")
                return
            }
            #expect(asked == step + 1, "it went on after it was told to stop")
            #expect(!published.folder.exists("data/anchor") && !published.folder.exists("data/tiles/checkpoint"))
            #expect(try published.publisher().publish()?.size == 3_000)
            #expect(try published.files() == whole)
        }
        Issue.record("it never came to its end")
    }

    @Test func `what an earlier attempt has written is not written again, but is made durable`() throws {
        let published = try Published()
        try published.append(600)
        var asked = 0
        // Up to the syncs of the folders.
        _ = try published.publisher().publish {
            asked += 1
            return asked > 8
        }
        #expect(published.folder.exists("data/tiles/tile/entries/000"))
        let trace = DiskTrace(published.folder.data)
        _ = try published.publisher().publish()
        #expect(!trace.isDurablyReplaced("tiles/tile/entries/000"))
        #expect(trace.isSynced(folderOf: "tiles/tile/entries/000"))
        for folder in ["tiles/tile", "tiles/tile/entries", "tiles/tile/0"] {
            #expect(trace.isSynced(folderOf: folder), "\(folder) may be lost")
        }
        #expect(trace.isDurablyReplaced("tiles/checkpoint") && trace.isDurablyReplaced("anchor"))
    }
}

extension Published {
    /// All that is published, when nothing comes between.
    static func tiles(of published: Published) throws -> [String: [UInt8]] {
        _ = try published.publisher().publish()
        return try published.files()
    }
}
