import EventStore
import Foundation
import Testing

struct PublishedVerificationTests {
    private func verify(_ published: Published) throws -> PublishedReport {
        var verification = PublishedVerification(
            published.log, dataDirectory: published.folder.data, key: published.signer.key)
        while try verification.advance() {}
        return verification.report
    }

    @Test func `what was published is what the log makes it, at every width of the last tiles`() throws {
        let published = try Published()
        let nothing = try verify(published)
        #expect(nothing.isIntact && nothing.size == 0 && nothing.fileCount == 0)
        let publisher = try published.publisher()
        for count in [1, 254, 1, 44, 700, 24, 1, 9] {
            try published.append(count)
            _ = try publisher.publish()
            let report = try verify(published)
            #expect(report.faults == [] && report.size == published.log.size)
        }
        // Four full tiles and a partial one of hashes, as many bundles, and one of level 1.
        #expect(try verify(published).fileCount >= 11)
    }

    @Test func `every published file that changes by a bit, ends early or is gone is named, and is written anew`()
        throws
    {
        let published = try Published()
        let publisher = try published.publisher()
        for count in [300, 500, 40] {
            try published.append(count)
            _ = try publisher.publish()
        }
        let before = try published.files()
        var random = SeededGenerator(seed: 3)
        for (name, bytes) in before.sorted(by: { $0.key < $1.key }) {
            for way in ["flipped", "cut", "longer", "gone"] {
                let path = "data/tiles/" + name
                var damaged = bytes
                switch way {
                case "flipped":
                    damaged[Int.random(in: bytes.indices, using: &random)] ^= 1 << Int.random(in: 0..<8, using: &random)
                case "cut": damaged.removeLast(Int.random(in: 1...bytes.count, using: &random))
                case "longer": damaged += [0]
                default: break
                }
                way == "gone" ? try published.folder.remove(path) : try published.folder.write(damaged, path)
                let report = try verify(published)
                // A narrower form of the last tile, which an earlier checkpoint came with, may be gone.
                let mayBeGone = name.contains(".p/") && !name.hasSuffix("/72") && !name.hasSuffix("/3")
                if way == "gone" && mayBeGone {
                    #expect(report.isIntact)
                    try published.folder.write(bytes, path)
                    continue
                }
                #expect(report.faults.map(\.path) == [published.folder.path + "/" + path], "\(name) \(way)")
                #expect(try publisher.mend(report.faults) == report.faults.map(\.path))
                #expect(try published.files() == before, "\(name) \(way)")
            }
        }
        #expect(before.count >= 14)
    }

    @Test func `a damaged tile is given to nobody`() throws {
        let published = try Published()
        try published.append(300)
        let publisher = try published.publisher()
        _ = try publisher.publish()
        let whole = try #require(TilePath(parsing: "tile/entries/000"))
        let beyond = try #require(TilePath(parsing: "tile/entries/002"))
        var bytes = try #require(try publisher.tile(whole))
        bytes[700] ^= 4
        try published.folder.write(bytes, "data/tiles/tile/entries/000")
        let path = published.folder.data + "/tiles/tile/entries/000"
        #expect(throws: LogError.badTile(path: path)) { try publisher.tile(whole) }
        #expect(try publisher.tile(beyond) == nil)
    }

    @Test func `a copy's published files are checked with its log, and a damaged record blames no tile`() throws {
        let copy = try CopyAtRest(count: 700, after: 20, seed: 8)
        for name in ["tile/0/001", "tile/entries/002.p/188", "tile/1/000.p/2", "vkey", "checkpoint"] {
            let path = "copy/tiles/" + name
            let bytes = try copy.folder.bytes(path)
            var damaged = bytes
            damaged[bytes.count / 2] ^= 1
            try copy.folder.write(damaged, path)
            let report = try copy.verify()
            #expect(report.faults.contains { "\($0)".contains("/tiles/\(name)") }, "\(name): \(report.faults)")
            try copy.folder.write(bytes, path)
        }
        var file = try copy.bytes()
        let place = try #require(file.firstRange(of: copy.records[300]))
        file[place.lowerBound + 3] ^= 1
        try copy.write(file)
        #expect(try copy.verify().faults == [.record(position: 300)])
    }

    @Test func `a signing key that is not the one that signed is named, by a check and by a start`() throws {
        let copy = try CopyAtRest(count: 10, seed: 9)
        var key = try copy.folder.bytes("keys/checkpoint.key")
        key[5] ^= 0x20
        try copy.folder.write(key, "keys/checkpoint.key")
        #expect(try copy.verify().faults.map(\.description).filter { $0.contains("checkpoint.key") }.count == 1)
        let log = try EventLog(opening: copy.data)
        #expect {
            try CheckpointSigner.open(for: log, dataDirectory: copy.data, keysDirectory: copy.keys)
        } throws: {
            guard case LogError.badCheckpoint(let path, _) = $0 else { return false }
            return path == copy.keys + "/checkpoint.key"
        }
    }
}
