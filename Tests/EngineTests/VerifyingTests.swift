import Clinic
import EventStore
import Foundation
import Glibc
import LMDBKit
import ProjectionKit
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct VerifyingTests {
    private let house: House

    init() throws { house = try House() }

    private struct Found: Decodable {
        struct Log: Decodable {
            var isSound: Bool
            var arePagesWhole: Bool
            var faults: [String]
        }
        struct State: Decodable {
            var isEqual: Bool
            var faults: [String]
        }
        struct Vault: Decodable {
            var isSound: Bool
            var faults: [String]
        }
        struct View: Decodable {
            var isEqual: Bool
            var faults: [String]
        }
        var isSound: Bool
        struct Published: Decodable {
            var isSound: Bool
            var faults: [String]
            var writtenAnew: [String]
        }
        var log: Log
        var published: Published?
        var state: State?
        var vault: Vault?
        struct Books: Decodable {
            var isSound: Bool
        }
        var views: [View]?
        var books: Books?
    }

    private func verify(_ engine: ClinicEngine) async throws -> Found {
        let caller = try engine.recognise(user(), name: "verify")
        let job = try engine.startVerify(by: caller)
        for await _ in engine.jobs.follow(job.id) {}
        let result = try #require(engine.jobs.job(job.id)?.result, "\(String(describing: engine.jobs.job(job.id)))")
        return try JSONDecoder().decode(Found.self, from: Data(result.utf8))
    }

    @Test func `a damaged bundle is first the result, and then written anew`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            // The last checkpoint is over all there is.
            engine.background.stop()
            let tile = try #require(
                try FileManager.default.subpathsOfDirectory(atPath: house.data + "/tiles/tile/entries")
                    .filter { $0.contains(".p/") }.max { Int($0.suffix(2)) ?? 0 < Int($1.suffix(2)) ?? 0 })
            let path = house.data + "/tiles/tile/entries/" + tile
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            var damaged = whole
            damaged[100] ^= 1
            try damaged.write(to: URL(fileURLWithPath: path))
            let found = try await verify(engine)
            #expect(!found.isSound && found.log.isSound && found.published?.isSound == false)
            #expect(found.published?.faults.count == 1 && found.published?.faults.first?.hasPrefix(path) == true)
            #expect(found.published?.writtenAnew == [path])
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole)
            #expect(try await verify(engine).isSound)
        }
    }

    @Test func `a damaged page of the log is the result, and the daemon goes on`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            await engine.settleWriter()
            // Every reader is at the end or has ended, so that nobody else comes upon the page.
            _ = try engine.viewDigests()
            engine.background.stop()
            let whole = try await verify(engine)
            #expect(whole.isSound && whole.state?.isEqual == true && whole.views?.count == 5)
            let damage = try Damage(house.data + "/log/data.mdb", holding: "Main Street")
            let found = try await verify(engine)
            try damage.undo()
            #expect(!found.isSound && !found.log.arePagesWhole && found.state == nil && found.views == nil)
            #expect(found.log.faults.contains { $0.contains("of events, positions ") }, "\(found.log.faults)")
            _ = try await engine.done(clinic.booking())
            #expect(try await verify(engine).isSound)
        }
    }

    @Test func `a damaged page of the state is the result, and the next start makes it anew`() async throws {
        let clinic = try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            await engine.settleWriter()
            try engine.background.keeper.saveCopy()
            let damage = try Damage(house.data + "/state/data.mdb", holding: "Main Street")
            let found = try await verify(engine)
            try damage.undo()
            #expect(!found.isSound && found.log.isSound && found.state?.isEqual == false)
            #expect(found.state?.faults.allSatisfy { $0.hasPrefix("damaged page ") } == true)
            #expect(found.state?.faults.isEmpty == false)
            #expect(found.vault?.isSound == true && found.views?.count == 5)
            return clinic
        }
        #expect(!FileManager.default.fileExists(atPath: house.data + "/state/trust"))
        #expect(!FileManager.default.fileExists(atPath: house.data + "/state/saved.mdb"))
        try await house.run { engine in
            #expect(try await verify(engine).isSound)
            _ = try await engine.done(clinic.booking())
        }
    }

    @Test func `a damaged page of a read model is the result, and it comes back by itself`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let before = try engine.viewDigests()
            _ = try Damage(house.data + "/views/directory/1/data.mdb", holding: "Main Street")
            let found = try await verify(engine)
            #expect(!found.isSound && found.state?.isEqual == true)
            let damaged = found.views?.filter { !$0.isEqual } ?? []
            #expect(damaged.count == 1 && damaged.first?.faults.first?.hasPrefix("damaged page ") == true)
            for view in engine.views.list { while !view.status.isServing { await Task.yield() } }
            #expect(try engine.viewDigests() == before)
            let mended = try await verify(engine)
            #expect(mended.isSound && mended.books?.isSound == true)
        }
    }

    @Test func `a damaged page or entry of the vault is the result`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let damage = try Damage(house.data + "/vault/data.mdb", holding: "daybook.vault.1")
            let found = try await verify(engine)
            try damage.undo()
            #expect(!found.isSound && found.vault?.faults.first?.hasPrefix("damaged page ") == true)
        }
        do {
            let vault = try Environment(
                path: house.data + "/vault", options: .init(mapSizeBytes: 8 << 30, tablesMax: 8))
            try vault.write { transaction in
                try RawTable(existing: "spares", in: transaction).put(
                    [UInt8](repeating: 3, count: 16), [], in: transaction)
            }
        }
        try await house.run { engine in
            let found = try await verify(engine)
            #expect(found.vault?.faults.count == 1, "\(found.vault?.faults ?? [])")
            #expect(found.vault?.faults.first?.contains("spare key") == true)
        }
    }
}

/// A page whose list of entries is overwritten, and put right again.
private struct Damage {
    private let path: String
    private var places: [(offset: Int, bytes: [UInt8])] = []

    init(_ path: String, holding text: String) throws {
        self.path = path
        let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for page in stride(from: 8_192, to: file.count, by: 4_096) {
            // A leaf page; there may be former ones of the same text, in no use.
            guard file[page + 10] == 2, file[page..<(page + 4_096)].firstRange(of: Array(text.utf8)) != nil else {
                continue
            }
            places.append((page + 12, Array(file[(page + 12)..<(page + 40)])))
        }
        for place in places { try write([UInt8](repeating: 0xEE, count: place.bytes.count), at: place.offset) }
    }

    func undo() throws { for place in places { try write(place.bytes, at: place.offset) } }

    private func write(_ bytes: [UInt8], at offset: Int) throws {
        let descriptor = open(path, O_WRONLY)
        defer { close(descriptor) }
        #expect(pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count)
    }
}
