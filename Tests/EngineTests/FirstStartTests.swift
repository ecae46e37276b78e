import Clinic
import EventStore
import Foundation
import LMDBKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@testable import Engine

/// A first start that is cut short, wherever that is: the next goes on without help.
@Suite struct FirstStartTests {
    private let house: House

    init() throws { house = try House() }

    private var keys: String { house.folder.child("keys") }

    /// What a first start makes, in the order in which it is there for good.
    private static let steps = [
        "data", "keys", "data/lock", "data/log", "keys/checkpoint.key", "data/state", "keys/epoch-1.key", "data/vault",
        "keys/mac", "data/clock", "data/views", "data/tiles",
    ]

    private func path(_ name: String) -> String { house.folder.child(name) }

    private func remove(_ name: String) throws {
        if FileManager.default.fileExists(atPath: path(name)) {
            try FileManager.default.removeItem(atPath: path(name))
        }
    }

    private func write(_ bytes: Data, _ name: String) throws {
        let folder = URL(fileURLWithPath: path(name)).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = FileManager.default.createFile(
            atPath: path(name), contents: bytes, attributes: [.posixPermissions: 0o600])
    }

    /// Starts, begins the practice, seals a name and reads it; and again after another start.
    private func goesOn() async throws {
        let client = try await house.run(knowsBoot: true) { engine in
            _ = try await engine.begin().get()
            return try await engine.done(OpenClinic.person("Zoë", "Brandt"))
        }
        try await house.run(knowsBoot: true) { engine in
            let query = ShowClient.with { $0.client = client }
            #expect(try await engine.ask(Asking(query, from: user())).answer.row.givenName.text == "Zoë")
            _ = try engine.stateDigest()
        }
    }

    @Test(arguments: 0...steps.count) func `with the first of its files it goes on`(_ reached: Int) async throws {
        try await house.run(knowsBoot: true) { engine in #expect(engine.log.size == 0) }
        for name in Self.steps { #expect(FileManager.default.fileExists(atPath: path(name)), "no \(name) is made") }
        for name in Self.steps[reached...] { try remove(name) }
        try await goesOn()
    }

    /// Files that are not in their place yet; the sizes are what a power cut may leave of what was not synced.
    @Test(arguments: [0, 1, 8_192, 40_000]) func `what lies beside its files is no obstacle`(_ size: Int) async throws {
        let zeros = Data(count: size)
        for name in [
            "data/log.new/data.mdb", "data/log.new/lock.mdb", "data/vault.new/data.mdb", "data/vault.new/lock.mdb",
            "keys/checkpoint.key.new", "keys/epoch-1.key.tmp", "keys/mac/7.key.tmp", "data/clock.new", "data/lock",
            "data/anchor.new", "keys/anchor.new", "data/tiles/vkey.new", "data/tiles/checkpoint.new",
            "data/state/data.mdb", "data/state/trust.new", "data/state/saved.mdb.new", "data/ballast",
        ] { try write(zeros, name) }
        try await goesOn()
    }

    @Test(arguments: [0, 8_192, 40_000]) func `the beginning of a vault is made anew, with the key that was there`(
        _ size: Int
    ) async throws {
        try await house.run { _ in }
        let key = try Data(contentsOf: URL(fileURLWithPath: keys + "/epoch-1.key"))
        try remove("data/vault")
        try write(Data(count: size), "data/vault/data.mdb")
        try await goesOn()
        #expect(try Data(contentsOf: URL(fileURLWithPath: keys + "/epoch-1.key")) == key)
    }

    @Test func `a vault that does not say whose it is yet is made anew`() async throws {
        try await house.run { _ in }
        try remove("data/vault")
        try FileManager.default.createDirectory(
            atPath: path("data/vault"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        do {
            let environment = try Environment(path: path("data/vault"))
            try environment.write { _ = try RawTable("keys", in: $0) }
        }
        try await goesOn()
    }

    @Test func `once there are events a vault that is lost is not replaced by an empty one`() async throws {
        try await house.run { engine in _ = try await engine.begin().get() }
        try remove("data/vault")
        await #expect(throws: (any Error).self) { try await house.run { _ in } }
        #expect(!FileManager.default.fileExists(atPath: path("data/vault")))
    }

    @Test func `the folders are durable in those that hold them, also when they are found`() async throws {
        for _ in 0..<2 {
            let trace = DiskTrace(house.folder.path)
            try await house.run { _ in }
            #expect(trace.calls.first == .sync(""), "\(trace.calls.prefix(3))")
            #expect(trace.isSynced(folderOf: "keys"))
        }
    }

    @Test func `a vault is whole on the disk before it has its name`() async throws {
        let trace = DiskTrace(house.data)
        try await house.run { _ in }
        let calls = trace.calls
        let renamed = try #require(calls.firstIndex(of: .rename("vault.new", to: "vault")))
        #expect(calls[..<renamed].contains(.sync("vault.new")))
        #expect(calls[renamed...].contains(.sync("")))
    }

    @Test func `the place of drafts outside the log is on the disk before anything is kept there`() async throws {
        let trace = DiskTrace(house.data)
        try await house.run { _ in }
        let calls = trace.calls
        let inside = try #require(calls.firstIndex(of: .sync("scratch")), "\(calls)")
        #expect(calls[inside...].contains(.sync("")))
    }
}
