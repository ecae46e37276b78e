import Clinic
import EventStore
import Foundation
import Glibc
import LMDBKit
import Schema
import TestKit
import Testing

@testable import Engine

/// Files that are cut short, and pages that are not what was written: what can be made again is, and of what cannot the
/// place is told.
@Suite struct DamagedFileTests {
    private let house: House

    init() throws { house = try House() }

    private func clinic() async throws -> OpenClinic { try await house.run { try await OpenClinic.found(in: $0) } }

    private func cut(_ path: String, to bytes: Int) { #expect(truncate("\(house.data)/\(path)", off_t(bytes)) == 0) }

    private func size(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: "\(house.data)/\(path)")[.size] as? Int ?? 0
    }

    /// Fills the leaf pages of a file with what is none, and answers how many.
    @discardableResult
    private func damagePages(_ path: String) throws -> Int {
        let path = "\(house.data)/\(path)"
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let descriptor = Glibc.open(path, O_WRONLY)
        defer { close(descriptor) }
        var pages = 0
        for page in stride(from: 8_192, to: bytes.count, by: 4_096) where bytes[page + 10] == 2 {
            let garbage = [UInt8](repeating: 0xEE, count: 60)
            #expect(pwrite(descriptor, garbage, garbage.count, off_t(page + 12)) == garbage.count)
            pages += 1
        }
        return pages
    }

    /// As a process leaves it that died of its own fault.
    private func crash() throws {
        try Data("\(FileCare.patienceCrashes - 1)\ncrash\n".utf8).write(
            to: URL(fileURLWithPath: house.data + "/crashes"))
    }

    private func goesOn(_ clinic: OpenClinic) async throws {
        try await house.run { engine in
            try await engine.done(clinic.booking())
            _ = try engine.stateDigest()
            #expect(try engine.viewDigests().count == 5)
        }
    }

    private func anyView() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: house.data + "/views").sorted()
        return "views/\(try #require(names.first))/1/data.mdb"
    }

    @Test(arguments: ["state", "view"], [0, 1, 2]) func `what can be made again and was cut short is made again`(
        _ what: String, _ part: Int
    ) async throws {
        let clinic = try await clinic()
        let path = what == "view" ? try anyView() : "state/data.mdb"
        cut(path, to: try size(path) * part / 3)
        try await goesOn(clinic)
    }

    @Test(arguments: ["log", "vault"], [0, 1, 2]) func `what cannot be made again and was cut short is refused`(
        _ folder: String, _ part: Int
    ) async throws {
        _ = try await clinic()
        let path = "\(folder)/data.mdb"
        let bytes = try size(path)
        cut(path, to: bytes * part / 3)
        let error = await #expect(throws: (any Error).self) { try await house.run { _ in } }
        #expect("\(try #require(error))".contains(" is damaged"), "\(String(describing: error))")
        #expect(try size(path) == bytes * part / 3, "nothing is put in its place")
    }

    @Test(arguments: ["state", "view"]) func `after a crash damaged pages are made again before they are read`(
        _ what: String
    ) async throws {
        let clinic = try await clinic()
        let path = what == "view" ? try anyView() : "state/data.mdb"
        #expect(try damagePages(path) > 3)
        try crash()
        try await goesOn(clinic)
    }

    @Test(arguments: ["log", "vault"]) func `after a crash damaged pages of the log or the vault are refused`(
        _ folder: String
    ) async throws {
        _ = try await clinic()
        try damagePages("\(folder)/data.mdb")
        try crash()
        let error = await #expect(throws: (any Error).self) { try await house.run { _ in } }
        #expect("\(try #require(error))".contains("page "), "\(String(describing: error))")
    }

    @Test func `a log in which a table has another name is refused as one`() async throws {
        _ = try await clinic()
        let file = URL(fileURLWithPath: house.data + "/log/data.mdb")
        var bytes = try Data(contentsOf: file)
        while let name = bytes.firstRange(of: Data("events".utf8)) {
            bytes.replaceSubrange(name, with: Data("evenTs".utf8))
        }
        try bytes.write(to: file)
        let error = await #expect(throws: LogError.self) { try await house.run { _ in } }
        #expect(try #require(error).isDamage && "\(try #require(error))".contains("the log is malformed"))
    }

    @Test func `a saved copy that is damaged is not gone on with`() async throws {
        let clinic = try await clinic()
        try await house.run { try $0.background.keeper.saveCopy() }
        try damagePages("state/saved.mdb")
        try house.remove("state/trust")
        try crash()
        try await goesOn(clinic)
    }

    @Test func `crashes in a row are counted, and a kill, an end in order or a long life begins anew`() throws {
        let folder = try TemporaryFolder()
        func start(afterCrash: Bool) throws -> CrashRow {
            let path = URL(fileURLWithPath: folder.path + "/crashes")
            if afterCrash { try (Data(contentsOf: path) + Data("crash\n".utf8)).write(to: path) }
            return CrashRow(dataDirectory: folder.path)
        }
        #expect(try start(afterCrash: false).count == 0)
        #expect(try start(afterCrash: true).count == 1)
        #expect(try start(afterCrash: true).count == 2)
        #expect(try start(afterCrash: false).count == 0)
        let longLived = try start(afterCrash: true)
        longLived.end()
        #expect(try start(afterCrash: true).count == 1)
        try start(afterCrash: true).forget()
        #expect(try start(afterCrash: false).count == 0)
    }
}
