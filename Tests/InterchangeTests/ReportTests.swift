import Foundation
import Testing
import Timetable

@testable import Interchange

@Suite struct ReportTests {
    private func reading() throws -> ImportReading {
        try ImportReading(
            try Small.source(
                clients: Small.clientHeader
                    + "C1,Ann,Secretname,1990-01-02,secret@x.example,0555 123 4567,Dr Kay\n"
                    + "C2,ANN,Secretname,1990-01-02,,,\nC3,,,1990-01-02,,,\n",
                appointments: Small.appointmentHeader
                    + "A2,C2,dr  kay,2025-10-26,02:30,50,attended,,online,$70\n"
                    + "A1,C1,Dr Kay,2025-10-26,02:00,50,booked,,phone,70.00\n"
                    + "A10,C3,Dr Kay,2025-03-30,02:30,50,attended,,,\n"
                    + "A3,C1,Dr Kay,2025-03-30,02:30,50,attended,,,\n"
                    + "A4,C1,Berta,2025-03-31,02:30,50,attended,,,\n"))
    }

    @Test func `rows are read, faults named, clashes held back`() throws {
        let reading = try reading()
        let report = reading.report
        #expect(reading.plan.appointments.map(\.reference) == ["A1"])
        #expect(report.heldBack.map(\.reference) == ["A2"])
        #expect(report.notes.map(\.reference) == ["A1", "A2"])
        #expect(report.duplicateClients.map(\.pair) == [ReferencePair("C1", "C2")])
        #expect(
            report.badRows.map { "\($0.name): \($0.reason)" } == [
                "C3: no name", "A3: the clock skips this time, going from 01:59 to 03:00", "A4: unknown therapist",
                "A10: the client's own row cannot be read",
            ])
        #expect(report.badRows.map(\.line) == [4, 5, 6, 4])
        #expect(report.names.currencyMarks == ["$"])
        #expect(reading.plan.therapists.map(\.name) == ["Dr Kay"])
    }

    @Test func `a time that the clock shows twice is its first occurrence`() throws {
        let row = "A1,C1,Dr Kay,2025-10-26,02:30,50,attended,,,\n"
        let reading = try ImportReading(try Small.source(appointments: Small.appointmentHeader + row))
        // 00:30Z: Paris is two hours ahead until 01:00Z.
        #expect(reading.plan.appointments.map(\.span.startMs) == [1_761_438_600_000])
        #expect(reading.plan.appointments.map(\.reading) == [.overlapFirst])
    }

    @Test func `a lone PM among 24-hour times leaves the others readable`() throws {
        let times = ["09:00", "10:00", "11:00", "5pm"]
        let rows = times.enumerated().map { "A\($0),C1,Dr Kay,2025-03-31,\($1),50,attended,,,\n" }.joined()
        var source = try Small.source(appointments: Small.appointmentHeader + rows)
        let reading = try ImportReading(source)
        #expect(reading.report.badRows.isEmpty && reading.report.mapping.clock == .hours24)
        source.mapping.clock = "12-hour"
        let declared = try ImportReading(source)
        #expect(declared.report.badRows.map(\.reason) == Array(repeating: .timeWithoutHalf, count: 3))
    }

    @Test func `the mapping file of the handbook reads its sheets`() throws {
        let mapping = """
            {
              "clients": {"reference": "Chart", "phone": "Contact", "dateOfBirth": null},
              "appointments": {"client": "Chart", "date": "Day", "status": "Kept?"},
              "dateFormat": "DD/MM/YYYY",
              "clock": "12-hour",
              "statuses": {"yes": "attended", "no": "no_show", "moved": "cancelled"}
            }
            """
        let source = try Small.source(
            clients: "Chart,Given,Surname,Contact,Clinician\n7,Ann,Berg,0555 123 4567,Dr Kay\n",
            appointments: "Ref,Chart,Clinician,Day,Begins,Length,Kept?\n1,7,Dr Kay,31/03/2025,9:00 AM,50,Yes\n",
            mapping: try MappingFile(json: Array(mapping.utf8)))
        let reading = try ImportReading(source)
        #expect(reading.report.badRows.isEmpty && reading.plan.clients.map(\.phone) == ["0555 123 4567"])
        #expect(reading.plan.appointments.map(\.status) == [.attended])
    }

    @Test func `a therapist on file is known without accents, unless two are`() throws {
        let row = "A1,C1,Zelie Fontaine,2025-03-31,02:30,50,attended,,,\n"
        var source = try Small.source(appointments: Small.appointmentHeader + row, staff: ["Zélie Fontaine"])
        #expect(try ImportReading(source).report.badRows.isEmpty)
        source.staffOnFile.append("Zeliè Fontaine")
        #expect(try ImportReading(source).report.badRows.map(\.reason) == [.unknownTherapist])
    }

    @Test func `a therapist on file is known without being named in the sheet of clients`() throws {
        let row = "A1,C1,BERTA Lund,2025-03-31,02:30,50,attended,,,\n"
        let source = try Small.source(appointments: Small.appointmentHeader + row, staff: ["Berta  Lund"])
        #expect(try ImportReading(source).report.badRows.isEmpty)
    }

    @Test func `bad rows have one order, whatever their order in the sheet and however their accents are encoded`()
        throws
    {
        let references = ["e\u{301}", "f", "\u{E9}"]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let rows = order.map { "\(references[$0]),,,,,,\n" }.joined()
            let bad = try ImportReading(Small.source(clients: Small.clientHeader + rows)).report.badRows
            #expect(bad.map { Array($0.name.utf8) } == references.map { Array($0.utf8) }, "\(order)")
        }
    }

    @Test func `neither page nor JSON has personal data`() throws {
        let report = try reading().report
        let json = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        for text in [report.text(), json] {
            for secret in ["Secretname", "secret@", "4567", "1990-01-02", "Ann", "Kay", "kay"] {
                #expect(!text.contains(secret))
            }
            for said in ["A10", "C1", "A3", "Date of birth"] { #expect(text.contains(said)) }
        }
    }
}
