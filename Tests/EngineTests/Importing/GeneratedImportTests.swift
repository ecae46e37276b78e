import Foundation
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct GeneratedImportTests {
    private let house: House

    init() throws { house = try House() }

    /// What the generator says that comes of its sheets.
    private struct Key: Decodable {
        struct Applied: Decodable {
            var clients: Int
            var appointments: Int
        }

        /// Reference, then what is in the way.
        struct Held: Decodable {
            var reference: String

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                reference = try values.decode(String.self)
            }
        }

        var applied: Applied
        var held: [Held]
        var zone: String

        enum CodingKeys: String, CodingKey {
            case applied, zone
            case held = "held_back"
        }
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: house.folder.child("sheets/\(name)"))), as: UTF8.self)
    }

    /// Runs tools/make-sheet, which knows nothing of the importer.
    private func generate(seed: Int) throws -> (request: [UInt8], key: Key) {
        let tool = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../tools/make-sheet")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", tool.standardizedFileURL.path, "--seed", "\(seed)", "--out", house.folder.child("sheets"),
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let key = try JSONDecoder().decode(Key.self, from: Data(try text("key.json").utf8))
        let request = [
            "clientsCsv": try text("clients.csv"), "appointmentsCsv": try text("appointments.csv"), "zone": key.zone,
            "mapping": try text("mapping.json"), "source": "old-clinic",
        ]
        return ([UInt8](try JSONEncoder().encode(request)), key)
    }

    private func apply(_ request: [UInt8], in engine: ClinicEngine) async throws -> ImportFinding.Applied {
        let job = try await engine.ended(.import, request)
        try #require(job.state == .done, "\(job.problem?.detail ?? "no problem told")")
        return try JSONDecoder().decode(ImportFinding.self, from: Data(try #require(job.result).utf8)).applied
    }

    /// Seed 3 numbers both sheets from 1.
    @Test(arguments: [1, 2, 3])
    func `a made-up clinic is brought in, again, taken back, and brought in once more`(seed: Int) async throws {
        // The generator's own day.
        house.time.advance(ms: 1_768_471_200_000 - house.time.nowMs)
        let (request, key) = try generate(seed: seed)
        try await house.run { engine in
            _ = try await engine.begin().get()
            let first = try await apply(request, in: engine)
            #expect(first.clients == key.applied.clients && first.appointments == key.applied.appointments)
            #expect(first.left.map(\.reference) == key.held.map(\.reference))
            #expect(first.left.allSatisfy { $0.sheet == "appointments" && !$0.references.isEmpty })
            let second = try await apply(request, in: engine)
            #expect(second.clients == 0 && second.appointments == 0)
            #expect(second.known == key.applied.clients + key.applied.appointments)
            #expect(second.left.map(\.reference) == first.left.map(\.reference))
            let back = TakenBack(appointments: key.applied.appointments, clients: key.applied.clients)
            #expect(try await engine.takeBack(second.id) == TakenBack(appointments: 0, clients: 0))
            #expect(try await engine.takeBack(first.id) == back)
            let third = try await apply(request, in: engine)
            #expect(third.clients == key.applied.clients && third.appointments == key.applied.appointments)
            #expect(try await engine.takeBack(third.id) == back)
            _ = try engine.stateDigest()
        }
    }
}
