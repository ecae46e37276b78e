import Foundation
import Testing
import Timetable

@testable import Interchange

/// Two sheets and their key, as `tools/make-sheet` or a person has laid them in a folder.
struct KeyedSheets {
    let source: ImportSource
    let key: [String: Any]

    init(folder: URL) throws {
        func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: name))) }
        let object = try JSONSerialization.jsonObject(with: Data(try bytes("key.json")))
        key = try #require(object as? [String: Any])
        let zone = try #require(key["zone"] as? String)
        let today = key["today"] as? String ?? "2100-01-01"
        let hasMapping = FileManager.default.fileExists(atPath: folder.appending(path: "mapping.json").path)
        source = ImportSource(
            clients: try bytes("clients.csv"), appointments: try bytes("appointments.csv"),
            zone: try #require(Zone(zone)), today: try #require(LocalDate(iso: today)),
            mapping: hasMapping ? try MappingFile(json: try bytes("mapping.json")) : MappingFile())
    }

    /// Runs the generator in a folder of its own, which is gone afterwards.
    static func generated(seed: Int) throws -> KeyedSheets {
        let tool = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../tools/make-sheet")
        let folder = FileManager.default.temporaryDirectory.appending(path: "sheet-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", tool.standardizedFileURL.path, "--seed", "\(seed)", "--out", folder.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try KeyedSheets(folder: folder)
    }

    /// A part of the key in one fixed spelling, so that it can be compared with the report's.
    func text(_ name: String) throws -> String { try Self.canonical(#require(key[name])) }

    static func canonical(_ value: Any) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: [value], options: [.sortedKeys])
        return String(decoding: data, as: UTF8.self)
    }
}

extension ImportReport {
    /// The report's JSON as an object.
    func object() throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(self))
        return try #require(object as? [String: Any])
    }
}
