import Foundation
import Testing

@testable import Interchange

@Suite struct GeneratedSheetTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func `the report says what the key of a made-up clinic says`(seed: Int) throws {
        let sheets = try KeyedSheets.generated(seed: seed)
        let reading = try ImportReading(sheets.source)
        let report = try reading.report.object()
        for part in [
            "clients", "client_rows", "appointment_rows", "duplicate_clients", "double_booked_therapist",
            "double_booked_client", "double_booked_room", "bad_rows", "zone",
        ] {
            #expect(try KeyedSheets.canonical(#require(report[part])) == sheets.text(part), "\(part), seed \(seed)")
        }
        let shared = reading.report.sharedContacts.map { [$0.pair.first, $0.pair.second] }
        #expect(try KeyedSheets.canonical(shared) == sheets.text("shared_contacts"))
        let held = reading.report.heldBack.map { held -> [Any] in
            [held.reference, held.because.map { [$0.resource.rawValue, $0.reference] }]
        }
        #expect(try KeyedSheets.canonical(held) == sheets.text("held_back"))
        #expect(try KeyedSheets.canonical(reading.report.notes.map(\.reference)) == sheets.text("shown_twice"))
        let services = reading.report.names.services.map { service -> [Any] in
            [service.name, service.minutes, service.pricesMinorUnits.map { Int($0) }]
        }
        #expect(try KeyedSheets.canonical(services) == sheets.text("services"))
    }

    @Test func `without its date format the made-up clinic is asked for it`() throws {
        var source = try KeyedSheets.generated(seed: 1).source
        source.mapping.dateFormat = nil
        let error = #expect(throws: ImportRefusal.self) { try ImportReading(source) }
        #expect(error?.description.contains("Which format is it?") == true)
    }

    private static let samples = ProcessInfo.processInfo.environment["DAYBOOK_SAMPLES"]

    /// `DAYBOOK_SAMPLES` names a folder with one folder for each clinic: clients.csv, appointments.csv, key.json.
    @Test(.enabled(if: samples != nil))
    func `the report says what the keys of the samples say`() throws {
        let root = URL(filePath: try #require(Self.samples))
        let folders = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
            .filter { FileManager.default.fileExists(atPath: $0.appending(path: "key.json").path) }
        try #require(!folders.isEmpty)
        for folder in folders {
            let sheets = try KeyedSheets(folder: folder)
            let report = try ImportReading(sheets.source).report
            let object = try report.object()
            for part in sheets.key.keys {
                #expect(try KeyedSheets.canonical(#require(object[part])) == sheets.text(part), "\(part)")
            }
        }
    }
}
