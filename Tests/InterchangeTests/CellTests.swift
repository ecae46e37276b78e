import Testing
import Timetable

@testable import Interchange

@Suite struct CellTests {
    @Test(arguments: [
        ("YYYY-MM-DD", "2025-03-04"), ("DD/MM/YYYY", "04/03/2025"), ("DD/MM/YYYY", "4/3/2025"),
        ("MM/DD/YYYY", "03/04/2025"), ("D.M.YYYY", "4.3.2025"), ("D. M. YYYY", "4. 3. 2025"), ("YYYYMMDD", "20250304"),
        ("D MMM YYYY", "4 mar 2025"), ("MMMM D, YYYY", "March 4, 2025"), ("dd-MMM-yyyy", "04-Mar-2025"),
    ])
    func `a declared format reads its dates`(format: String, text: String) throws {
        let format = try #require(DateFormat(format))
        #expect(format.date(text) == LocalDate(year: 2025, month: 3, day: 4))
    }

    @Test(arguments: [
        "31/02/2025", "13/13/2025", "1/1/25", "2025-03-04", "", "1/1/2025 ", "٠١/٠١/٢٠٢٥", "001/1/2025", "0/1/2025",
    ])
    func `what is written otherwise, or does not exist, is no date`(text: String) throws {
        #expect(try #require(DateFormat("DD/MM/YYYY")).date(text) == nil)
    }

    @Test(arguments: ["", "DD/MM", "DD/MM/YY", "DD/DD/YYYY", "DD/MM/YYYY HH", "X", "YYYYY-MM-DD", "DD/MM/MMM/YYYY"])
    func `a format without day, month and four-digit year is none`(text: String) {
        #expect(DateFormat(text) == nil)
    }

    @Test(arguments: ["\u{2028}", "\u{2029}", "\n", "\u{0}", "\u{202E}", "\t"])
    func `a format with something between that would break the report's lines is none`(between: String) {
        #expect(DateFormat("DD/MM/\(between)YYYY") == nil)
        #expect(DateFormat("DD/MM/ YYYY") != nil)
    }

    @Test func `undeclared dates are ISO or a question`() throws {
        func settle(_ dates: [String]) throws(ImportRefusal) -> DateFormat {
            let cells = dates.enumerated().map { DateCell(sheet: .clients, line: $0 + 2, text: $1) }
            return try DateFormat.settle(declared: nil, cells: cells)
        }
        #expect(try settle(["2025-03-04", "2025-02-30"]) == .iso)
        #expect(try settle([]) == .iso)
        #expect(
            throws: ImportRefusal.whichDateFormat(sheet: .clients, line: 3, candidates: [])
        ) { try settle(["2025-03-04", "3/4/2025"]) }
        #expect(
            throws: ImportRefusal.whichDateFormat(sheet: .clients, line: 2, candidates: ["DD/MM/YYYY", "MM/DD/YYYY"])
        ) { try settle(["3/4/2025", "4/3/2025"]) }
    }

    @Test func `times are read on the clock of the sheet`() throws {
        func minutes(_ text: String, _ clock: Clock) -> Int? { try? clock.time(text).minutes }
        for (text, expected) in [("9:05", 545), ("09:05", 545), ("23:59:00", 1_439), ("00:00", 0)] {
            #expect(minutes(text, .hours24) == expected)
        }
        for text in ["24:00", "25:10", "9", "9:5", "09:05:30", "9.05", "-1:00", "+9:00", "", "12:60", "٩:٠٠"] {
            #expect(minutes(text, .hours24) == nil, "\(text)")
        }
        for (text, expected) in [
            ("12:00 AM", 0), ("12:30 pm", 750), ("9:05 a.m.", 545), ("9 PM", 1_260), ("11:59PM", 1_439),
        ] {
            #expect(minutes(text, .hours12) == expected, "\(text)")
        }
        for text in ["0:30 AM", "13:00 PM", "AM", "9:5 AM", "9:00 AM PM x", "9:00"] {
            #expect(minutes(text, .hours12) == nil, "\(text)")
        }
        for text in ["11:00 - 12:30 pm", "9 to 5 pm", "9 exam", "9PPP:15 AM", "9:00 AM PM", "9:00 am 1"] {
            #expect(minutes(text, .hours12) == nil && minutes(text, .hours24) == nil, "\(text)")
        }
        #expect(Clock(seenIn: ["9:00", "1:00 pm"]) == .hours12)
        #expect(Clock(seenIn: ["9:00", "spam"]) == .hours24)
        #expect(Clock(seenIn: ["9:00", "10:00", "5pm"]) == .hours24)
        #expect(Clock(seenIn: ["1:00 pm", "14:00", "5pm"]) == .hours24)
        #expect(Clock(seenIn: ["1:00 pm", "13:30 PM", "3:00"]) == .hours12)
        #expect(minutes("5pm", .hours24) == 1_020)
        #expect(throws: ImportRefusal.unknownClock(text: "noon")) {
            try Clock.settle(declared: "noon", cells: [String]())
        }
    }

    @Test(arguments: [
        ("120.00", 12_000), ("120", 12_000), ("$120", 12_000), ("£1,200.50", 120_050), ("1.200,50 €", 120_050),
        ("EUR 7", 700),
        ("120,00", 12_000), ("1,200", 120_000), ("1'200.5", 120_050), ("0", 0), (".50", 50), ("12.5", 1_250),
        ("US$ 5", 500),
        ("1,234,567.89", 123_456_789), ("-0", 0), ("10000000000.00", 1_000_000_000_000), ("120.", 12_000),
    ])
    func `prices are read with and without signs`(text: String, expected: Int64) throws {
        #expect(try Price(text, fractionDigits: 2).minorUnits == expected)
    }

    @Test(arguments: [
        ("twelve", BadReason.priceNotANumber), ("1.200", .priceDecimals), ("1,2,3", .priceNotANumber),
        ("", .priceNotANumber),
        ("$", .priceNotANumber), ("1.2.3", .priceNotANumber), ("12.345", .priceDecimals), ("1e5", .priceNotANumber),
        ("(5)", .priceNotANumber), ("1-2", .priceNotANumber), ("$5€", .priceNotANumber), ("٥", .priceNotANumber),
        ("-5", .negativePrice), ("-£5.00", .negativePrice), ("10000000000.01", .priceTooLarge),
        (String(repeating: "9", count: 500), .priceTooLarge), (".", .priceNotANumber),
    ])
    func `what could be read in two ways is no price`(text: String, reason: BadReason) {
        #expect(throws: reason) { try Price(text, fractionDigits: 2) }
    }

    @Test func `a currency without fractions has no decimal mark`() throws {
        #expect(try Price("¥1,200", fractionDigits: 0).minorUnits == 1_200)
        #expect(try Price("1.250", fractionDigits: 3).minorUnits == 1_250)
        #expect(throws: BadReason.priceDecimals) { try Price("5.5", fractionDigits: 0) }
    }

    @Test func `words for what became of an appointment are known, and can be declared`() throws {
        let words = try StatusWords(declared: [
            "Kept": "attended", "": "booked", "X": "No show", "late": "late_cancelled",
        ])
        let expected: [(String, AppointmentStatus)] = [
            ("Attended", .attended), ("SHOW", .attended), ("completed", .attended), ("Cancelled", .cancelled),
            ("canceled", .cancelled), ("Late cancel", .lateCancelled), ("late-cancelled", .lateCancelled),
            ("no show", .noShow), ("No-Show", .noShow), ("missed", .noShow), ("D.N.A.", .noShow), ("booked", .booked),
            ("Scheduled", .booked), ("kept", .attended), ("", .booked), ("x", .noShow), ("late", .lateCancelled),
        ]
        for (text, status) in expected { #expect(try words.status(text) == status, "\(text)") }
        #expect(throws: BadReason.unknownStatus) { try words.status("perhaps") }
        #expect(throws: BadReason.unknownStatus) { try StatusWords().status("") }
        #expect(throws: (ImportRefusal).self) { try StatusWords(declared: ["a": "b"]) }
    }

    @Test func `lengths are whole minutes, and no more than a session has`() throws {
        for (text, minutes) in [("50", 50), ("50 min", 50), ("480", 480), ("+5 Minutes", 5), ("5min.", 5)] {
            #expect(try Minutes.read(text, most: 480) == minutes)
        }
        let bad: [(String, BadReason)] = [
            ("-50", .negativeLength), ("−50", .negativeLength), ("0", .zeroLength), ("481", .tooLong(most: 480)),
            ("an hour", .lengthNotANumber), ("1:00", .lengthNotANumber), ("5.5", .lengthNotANumber), ("", .noLength),
            ("9223372036854775808", .lengthNotANumber),
        ]
        for (text, reason) in bad { #expect(throws: reason) { try Minutes.read(text, most: 480) } }
    }

    @Test func `references are in order when their numbers are`() {
        let ordered = ["9", "010", "10", "11", "A", "A1", "A02", "A2", "A2-1", "A10", "B1", "a1", "é1"]
        for (i, left) in ordered.enumerated() {
            for (j, right) in ordered.enumerated() {
                #expect(Reference.precedes(left, right) == (i < j), "\(left) \(right)")
            }
        }
        #expect(Reference.usedTwice(["a", "b", "a", "", ""]) == ["a"])
    }
}
