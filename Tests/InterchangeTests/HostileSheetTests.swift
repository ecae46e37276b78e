import Testing
import Timetable

@testable import Interchange

@Suite struct HostileSheetTests {
    @Test func `other encodings are refused with the line`() {
        func refusal(_ bytes: [UInt8]) -> ImportRefusal? {
            do throws(ImportRefusal) {
                _ = try Sheet(.clients, bytes: bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal([0xFF, 0xFE, 0x61, 0x00]) == .utf16(sheet: .clients))
        #expect(refusal([0xFE, 0xFF, 0x00, 0x61]) == .utf16(sheet: .clients))
        #expect(refusal(Array("a,b\r\nx,".utf8) + [0xE9]) == .notUTF8(sheet: .clients, line: 2))
        #expect(refusal(Array("a\r\r\"\n\n".utf8) + [0xC3, 0x0A]) == .notUTF8(sheet: .clients, line: 5))
        #expect(refusal(Array("a,b\nx,\0\n".utf8)) == .nulCharacter(sheet: .clients, line: 2))
        #expect(refusal([0xEF, 0xBB, 0xBF]) == .emptySheet(sheet: .clients))
        #expect(refusal([]) == .emptySheet(sheet: .clients))
        #expect(refusal(Array("\n1,2\n".utf8)) == .emptySheet(sheet: .clients))
    }

    @Test(arguments: [
        ("a,b\n1,\"open\n2,3\n", ImportRefusal.unclosedQuote(sheet: .clients, line: 2)),
        ("a,b\n\"\"\"\n", .unclosedQuote(sheet: .clients, line: 2)),
        ("\"", .unclosedQuote(sheet: .clients, line: 1)),
        ("a\n\n\"x\"y\n", .strayQuote(sheet: .clients, line: 3)),
        ("a\nx\"y\"\n", .strayQuote(sheet: .clients, line: 2)),
        ("a\n\"1\n2\" \n", .strayQuote(sheet: .clients, line: 3)),
    ])
    func `quotes that do not balance are refused with the line`(text: String, refusal: ImportRefusal) {
        #expect(throws: refusal) { try Small.sheet(text) }
    }

    @Test func `a cell of ten megabytes is refused, quoted or not`() {
        let long = String(repeating: "x", count: 10 << 20)
        for text in ["a\n\(long)\n", "a\n\"\(long)\"\n"] {
            #expect(throws: ImportRefusal.cellTooLong(sheet: .clients, line: 2, limitBytes: 64 << 10)) {
                try Small.sheet(text)
            }
        }
    }

    @Test func `sheets of headings alone hold nothing and have no faults`() throws {
        let report = try ImportReading(try Small.source(clients: Small.clientHeader)).report
        #expect(report.clientRows == 0 && report.clients == 0 && report.appointmentRows == 0)
        #expect(report.badRows.isEmpty && report.names.services.isEmpty)
    }

    @Test func `bytes at random are refused or read, never more`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        let alphabet = Array("\",\r\n\"ab1-:é\u{FEFF}\0".utf8)
        var read = 0
        for _ in 0..<2_000 {
            let noise = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            var source = try Small.source(appointments: Small.appointmentHeader)
            source.appointments += noise
            source.clients += noise.reversed()
            guard let reading = try? ImportReading(source) else { continue }
            read += 1
            let report = reading.report
            #expect(
                reading.plan.clients.count + report.badRows.filter { $0.sheet == .clients }.count == report.clientRows,
                "seed \(seed)")
        }
        #expect(read > 0, "seed \(seed)")
    }

    @Test func `cells of every kind of nonsense make bad rows`() throws {
        let nonsense = [
            "\u{202E}", "٣", "9223372036854775808", "-9223372036854775809", "1e9", "NaN", "0x10", "🙂", "99:99", ":",
            "-", "--",
            "½", "²", ",", ".", "$", "0000-00-00", "9999-12-31", "0001-01-01", "24:00", "AM", "12 PM AM", "\u{7F}",
        ]
        for cell in nonsense {
            for column in 0..<10 {
                var cells = ["A1", "C1", "Dr Kay", "2025-03-04", "09:00", "50", "attended", "R", "online", "12.00"]
                cells[column] = "\"\(cell)\""
                let row = cells.joined(separator: ",")
                let mapping = MappingFile(dateFormat: "YYYY-MM-DD")
                let source = try Small.source(appointments: Small.appointmentHeader + row + "\n", mapping: mapping)
                let reading = try ImportReading(source)
                #expect(reading.plan.appointments.count + reading.report.badRows.count == 1, "\(cell) in \(column)")
            }
        }
    }
}

/// A small generator whose runs can be repeated by their seed (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
