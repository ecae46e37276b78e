import Clinic
import EventStore
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct DryRunTests {
    private let house: House

    init() throws { house = try House() }

    private var sheets: OldSheets {
        var sheets = OldSheets()
        sheets.client("C1", "Zoe", "Brandt-Luczak", born: "1990-02-03")
        sheets.client("C2", "Bo")
        sheets.appointment("A1", with: "Ana Alder", service: "ind50", room: "Green")
        sheets.appointment("A2", of: "C2", at: "11:00", room: "Blue")
        return sheets
    }

    private let note = #"[{"note":"C-000001 may be the same person","reference":"C1","sheet":"clients"}]"#

    @Test func `a dry run says what would be made and who may be on file, and changes nothing`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let size = engine.log.size
            let open = String(decoding: try sheets.request().dropLast(), as: UTF8.self)
            let job = try await engine.ended(.import, Array((open + #","dryRun":true}"#).utf8))
            let result = try #require(job.result)
            #expect(
                result.contains(
                    #""wouldMake":{"locations":[],"rooms":["Green"],"services":["Talk"],"staff":["Dr Kay"]}"#))
            #expect(result.contains("\"possiblyOnFile\":" + note) && !result.contains("\"applied\""))
            #expect(engine.log.size == size)
        }
    }

    @Test func `an import names who may be on file from elsewhere, once, and registers them`() async throws {
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let first = try await engine.ended(.import, sheets.request())
            #expect(first.result?.contains("\"possiblyOnFile\":" + note) == true)
            #expect(try engine.registered().keys.contains("C1"))
            let second = try await engine.ended(.import, sheets.request())
            #expect(second.result?.contains("\"possiblyOnFile\":[]") == true)
        }
    }
}
