import EventStore
import Foundation
import Testing

/// A log with its keys, and what publishes it.
struct Published {
    let folder: TemporaryFolder
    let log: EventLog
    let signer: CheckpointSigner

    init() throws {
        folder = try TemporaryFolder()
        log = try EventLog.create(at: folder.data)
        signer = try CheckpointSigner.open(for: log, dataDirectory: folder.data, keysDirectory: folder.keys)
    }

    func publisher() throws -> CheckpointPublisher {
        try CheckpointPublisher(log: log, dataDirectory: folder.data, keysDirectory: folder.keys, signer: signer)
    }

    func append(_ count: Int) throws {
        _ = try log.append((0..<count).map { Array("event \(log.size) \($0)".utf8) }, at: log.size)
    }

    /// Every file under tiles, by its path.
    func files() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.data + "/tiles") {
            var isFolder = ObjCBool(false)
            _ = FileManager.default.fileExists(atPath: folder.data + "/tiles/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { files[name] = try folder.bytes("data/tiles/" + name) }
        }
        return files
    }
}

struct PublisherTests {
    @Test func `a checkpoint that proofs do not know yet is not shown, though its file is there`() throws {
        let published = try Published()
        let publisher = try published.publisher()
        try published.append(1)
        let first = try #require(try published.publisher().publish())
        #expect(try published.folder.bytes("data/tiles/checkpoint") == first.note.bytes)
        #expect(publisher.latest == nil && publisher.checkpointBytes == nil)
        _ = try publisher.publish()
        #expect(publisher.checkpointBytes == publisher.latest?.note.bytes && publisher.latest?.size == 1)
    }

    @Test func `an empty log has no checkpoint, the first event gives the first`() throws {
        let published = try Published()
        let publisher = try published.publisher()
        #expect(try publisher.publish() == nil)
        try published.append(1)
        let first = try #require(try publisher.publish())
        #expect(first.size == 1)
        #expect(first.root == (try published.log.root(at: 1)))
        #expect(try publisher.publish() == first)
        #expect(publisher.latest == first)
        for name in ["data/anchor", "keys/anchor", "data/tiles/checkpoint"] {
            #expect(try published.folder.bytes(name) == first.note.bytes)
        }
        #expect(try published.folder.bytes("data/tiles/vkey") == Array((published.signer.key.vkey + "\n").utf8))
    }

    @Test func `tiles published step by step equal those published at once`() throws {
        let published = try Published()
        for count in [1, 100, 155, 1, 300, 66_000, 7] {
            try published.append(count)
            // A new publisher each time: as after a restart.
            #expect(try published.publisher().publish()?.size == published.log.size)
        }
        var stepwise = try published.files()
        #expect(!published.folder.exists("data/tiles/tile/0/000.p"))
        try published.folder.remove("data/tiles")
        _ = try published.publisher().publish()
        // Of a checkpoint before, whose full tile is still to come.
        #expect(stepwise.removeValue(forKey: "tile/1/001.p/3") != nil)
        #expect(try published.files() == stepwise)
        let size = published.log.size
        #expect(size == 66_564)
        let partials = stepwise.keys.filter { $0.contains(".p/") }.sorted()
        #expect(
            partials == ["tile/0/260.p/4", "tile/1/001.p/4", "tile/2/000.p/1", "tile/entries/260.p/4"]
        )
        #expect(stepwise["tile/0/000"]?.count == 8192)
        for (name, bytes) in stepwise where name.hasPrefix("tile/entries/") {
            let path = try #require(TilePath(parsing: name))
            let records = try #require(EntryBundle.decode(bytes))
            #expect(records.count == path.width)
            #expect(try records.first == published.log.record(at: path.index * 256))
            let hashes = try published.publisher().tile(
                #require(TilePath(parsing: name.replacing("entries", with: "0"))))
            #expect(hashes == records.flatMap { TreeHash.leaf($0).bytes })
        }
    }

    @Test func `a publisher killed after any step goes on to the same result`() throws {
        let published = try Published()
        try published.append(300)
        _ = try published.publisher().publish()
        let before = try published.files()
        let oldAnchor = try published.folder.bytes("data/anchor")
        try published.append(300)
        let checkpoint = try published.publisher().publish()
        let after = try published.files()
        let newAnchor = try published.folder.bytes("data/anchor")
        // Each crash: which of tiles, keys' anchor, data's anchor and checkpoint had reached the disk.
        for reached in 0...4 {
            try published.folder.remove("data/tiles")
            var files = before
            if reached >= 1 { files.merge(after.filter { $0.key != "checkpoint" }) { $1 } }
            if reached >= 4 { files["checkpoint"] = after["checkpoint"] }
            for (name, bytes) in files {
                let path = published.folder.data + "/tiles/" + name
                try FileManager.default.createDirectory(
                    atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
                    withIntermediateDirectories: true)
                try published.folder.write(bytes, "data/tiles/" + name)
            }
            try published.folder.write(reached >= 2 ? newAnchor : oldAnchor, "keys/anchor")
            try published.folder.write(reached >= 3 ? newAnchor : oldAnchor, "data/anchor")
            #expect(try published.publisher().publish() == checkpoint)
            #expect(try published.files() == after, "crash after step \(reached)")
            #expect(try published.folder.bytes("keys/anchor") == newAnchor || reached >= 2)
        }
    }

    @Test func `a log shorter than either anchor, or other than it, is not opened for business`() throws {
        let published = try Published()
        try published.append(5)
        _ = try published.publisher().publish()
        let other = try Published()
        let key = published.signer.key
        let check = { (log: EventLog) throws(LogError) in
            try Anchor.check(
                log, dataDirectory: published.folder.data, keysDirectory: published.folder.keys, key: key)
        }
        #expect(try check(published.log)?.size == 5)
        #expect(throws: LogError.rolledBack(anchorSize: 5, logSize: 0)) { try check(other.log) }
        _ = try other.log.append((0..<5).map { [UInt8($0) + 1] }, at: 0)
        #expect(throws: LogError.forked(size: 5)) { try check(other.log) }
        // One copy is enough to notice.
        try published.folder.remove("data/anchor")
        #expect(throws: LogError.forked(size: 5)) { try check(other.log) }
        #expect(try check(published.log)?.size == 5)
        var damaged = try published.folder.bytes("keys/anchor")
        damaged[damaged.count - 9] ^= 1
        try published.folder.write(damaged, "keys/anchor")
        #expect(throws: LogError.self) { try check(published.log) }
    }

    @Test func `nothing is signed for a log that has lost what was signed before`() throws {
        let published = try Published()
        try published.append(5)
        let signed = try #require(try published.publisher().publish())
        // An older copy of the log is put back; the tiles, which could tell, are gone.
        for name in ["data/tiles", "data/anchor"] { try published.folder.remove(name) }
        let seed = try published.folder.bytes("keys/checkpoint.key")
        let older = try TemporaryFolder()
        let log = try EventLog.create(at: older.data, origin: published.log.identity.origin)
        _ = try log.append([[1]], at: 0)
        let publisher = try CheckpointPublisher(
            log: log, dataDirectory: older.data, keysDirectory: published.folder.keys,
            signer: try CheckpointSigner(name: log.identity.origin, seed: seed))
        #expect(throws: LogError.rolledBack(anchorSize: 5, logSize: 1)) { try publisher.publish() }
        #expect(!older.exists("data/tiles/checkpoint"))
        #expect(try published.folder.bytes("keys/anchor") == signed.note.bytes)
    }

    @Test func `a lost signing key is not replaced once it has signed`() throws {
        let published = try Published()
        try published.append(1)
        let open = { () throws(LogError) in
            try CheckpointSigner.open(
                for: published.log, dataDirectory: published.folder.data, keysDirectory: published.folder.keys)
        }
        #expect(try open().key == published.signer.key)
        _ = try published.publisher().publish()
        try published.folder.remove("keys/checkpoint.key")
        #expect(throws: LogError.notFound(path: published.folder.keys + "/checkpoint.key")) { try open() }
    }

    @Test func `a follower publishes what comes and ends with the log`() async throws {
        let published = try Published()
        let publisher = try published.publisher()
        try published.append(3)
        let sizes = Task.detached {
            var sizes: [UInt64] = []
            publisher.follow(every: .zero) { result in
                if case .success(let checkpoint?) = result { sizes.append(checkpoint.size) }
                return true
            }
            return sizes
        }
        while publisher.latest == nil { await Task.yield() }
        try published.append(4)
        published.log.head.finish()
        #expect(await sizes.value.last == 7)
    }
}

struct DiskTests {
    @Test func `a ballast takes up room until it is released`() throws {
        let folder = try TemporaryFolder()
        let ballast = Ballast(directory: folder.data, byteCount: 1 << 20)
        #expect(!ballast.isHeld)
        try ballast.hold()
        try ballast.hold()
        #expect(ballast.isHeld)
        try ballast.release()
        try ballast.release()
        #expect(!ballast.isHeld)
    }

    @Test func `the floor is compared with what the file system has`() throws {
        let space = try DiskSpace(at: "/tmp")
        #expect(space.availableBytes > 0)
        #expect(!space.isBelowFloor(space.availableBytes))
        #expect(space.isBelowFloor(space.availableBytes + 1))
        #expect(throws: LogError.self) { try DiskSpace(at: "/nowhere/at/all") }
    }
}
