import Foundation
import Testing

@testable import Schema

@Suite struct FormReaderTests {
    private func read(_ parameters: [(String, String)]) throws(FieldError) -> EveryKind {
        try FormReader.decode(EveryKind.self, from: parameters, descriptors: testSchema)
    }

    @Test func `the address of an agenda becomes its query`() throws {
        let query = try FormReader.decode(
            Agenda.self, from: [("staff", "7"), ("from", "2026-12-01"), ("to", "2026-12-08"), ("all", "false")])
        #expect(query.staff == 7)
        #expect(query.from == "2026-12-01")
        #expect(query.hasAll && !query.all)
        #expect(!query.hasRoom)
    }

    @Test func `a list repeats its name, and a comma is text`() throws {
        let message = try read([
            ("words", "a,b"), ("numbers", "3"), ("words", ""), ("numbers", "1"), ("colours", "red"),
            ("content", "AA=="),
            ("anInt32", "-5"),
        ])
        #expect(message.words == ["a,b", ""])
        #expect(message.numbers == [3, 1])
        #expect(message.colours == [.red])
        #expect(message.content == Data([0]))
        #expect(message.anInt32 == -5)
    }

    static let refused: [(name: String, value: String, part: String)] = [
        ("satff", "7", "is not a field"), ("an_int32", "1", "did you mean `anInt32`?"), ("anInt32", "", "whole number"),
        ("anInt32", "x", "whole number"), ("anInt32", "1.5", "without a point"), ("anInt32", "+1", "whole number"),
        ("anInt32", "01", "whole number"), ("aUint64", "-1", "from 0"), ("anInt32", "\"1\"", "whole number"),
        ("anInt32", "null", "whole number"), ("flag", "1", "true or false"), ("flag", "", "true or false"),
        ("colour", "1", "one of"), ("colour", "rde", "did you mean red?"), ("inner", "{}", "by POST"),
        ("list", "{}", "by POST"), ("plainText", "a\0b", "U+0000"), ("numbers", "1,2", "whole number"),
    ]

    @Test(arguments: refused)
    func `what is wrong is refused`(name: String, value: String, part: String) {
        let error = failure { () throws(FieldError) in try read([("far", "1"), (name, value)]) }
        #expect(error?.path == name || error?.path == "\(name)[0]")
        #expect(error?.problem.contains(part) == true, "\(error?.problem ?? "was accepted")")
    }

    @Test func `a single field given twice is refused`() {
        #expect(
            failure { () throws(FieldError) in try read([("far", "1"), ("far", "1")]) }?.problem
                == "`far` is given twice.")
        let both = failure { () throws(FieldError) in try read([("leftText", "1"), ("rightNumber", "1")]) }
        #expect(both?.path == "rightNumber")
    }
}
