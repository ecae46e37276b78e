import Testing

@testable import Schema

@Suite struct StrictJSONTests {
    static let accepted: [String] = [
        "{}", "[]", " \t\r\n{ } ", "\"\"", "true", "false", "null", "0", "-0", "-1", "18446744073709551615",
        "99999999999999999999999999", "1.5", "1e5", "1E+5", "-0.0e-1", "[1,2]", "[[[]]]", #"{"a":1,"b":2}"#,
        #"{"":0}"#, #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\u20ac""#, #""\ud83d\ude00""#, "\"😀é\u{2028}\u{7f}\"",
        #"{"a":{"a":{"a":1}}}"#, #"["\uFFFF"]"#,
    ]

    @Test(arguments: accepted)
    func `what RFC 8259 allows is read`(text: String) {
        #expect(failure { () throws(FieldError) in try StrictJSON.parse(text.bytes) } == nil)
    }

    static let refused: [String] = [
        "", " ", "{", "}", "[", "]", "{]", "[}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{,}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}",
        #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"{"x":{"b":1,"b":2}}"#, "{\"é\":1,\"e\u{301}\":2}",
        "{} {}", "1 2", "{}x", "[]]", "{}\0", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity", "undefined",
        "01", "-01", "00", "1.", ".5", "-", "+1", "1e", "1e+", "1.e1", "0x1F", "1_000", "-a", "--1", "1a",
        "\"", "\"a", "\"\\\"", "\"\\", "\"\\u\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\x41\"", "\"\\a\"", "\"\\'\"", "'a'",
        "\"a\nb\"", "\"a\tb\"", "\"\u{1f}\"", "\"\0\"", #""\u0000""#, #"{"\u0000":1}"#,
        #""\ud83d""#, #""\ude00""#, #""\ud83d\ud83d""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ude00\ud83d""#,
        #""\ud83d\u0041""#,
        "/* c */{}", "{}// c", "# c\n{}", "{/**/}", "[1/**/]", "\u{FEFF}{}", "\u{A0}{}", "\u{2028}{}", "{\u{0B}}",
        "{\u{0C}}", "[1]\u{1}", "*", "<a/>", "a=1&b=2", "(1)", "`a`", "\"a\" \"b\"",
    ]

    @Test(arguments: refused)
    func `what RFC 8259 or good sense does not allow is refused with an offset`(text: String) {
        let error = failure { () throws(FieldError) in try StrictJSON.parse(text.bytes) }
        #expect(error?.offset.map { $0 >= 0 && $0 <= text.utf8.count } == true)
    }

    static let refusedBytes: [[UInt8]] = [
        [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], [0xFE, 0xFF, 0, 0x7B], [0xFF, 0xFE, 0x7B, 0], [0x7B, 0, 0x7D, 0],
        [0, 0x7B, 0, 0x7D], [0, 0, 0, 0x7B], [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC3, 0x22],
        [0x22, 0xE2, 0x82, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], [0x22, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22], [0x80], [0xFF],
        [0x22, 0x5C, 0xFF, 0x22], [0x22, 0x5C, 0x75, 0xC3, 0xA9, 0x30, 0x30, 0x22],
        [0x22, 0x0A, 0x5C, 0x6E, 0xFF, 0x22],
        [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D],
    ]

    @Test(arguments: refusedBytes)
    func `other encodings and invalid UTF-8 are refused`(bytes: [UInt8]) {
        #expect(failure { () throws(FieldError) in try StrictJSON.parse(bytes) } != nil)
    }

    @Test func `nesting is bounded`() {
        func nested(_ depth: Int) -> [UInt8] {
            (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).bytes
        }
        #expect(failure { () throws(FieldError) in try StrictJSON.parse(nested(32)) } == nil)
        #expect(failure { () throws(FieldError) in try StrictJSON.parse(nested(33)) }?.offset == 32)
        let open = [UInt8](repeating: UInt8(ascii: "["), count: 200_000)
        #expect(failure { () throws(FieldError) in try StrictJSON.parse(open) } != nil)
        // Siblings are not nesting.
        let wide = ("[" + String(repeating: "[],", count: 40) + "[]]").bytes
        #expect(failure { () throws(FieldError) in try StrictJSON.parse(wide) } == nil)
    }

    @Test func `length is bounded`() {
        let limits = JSONLimits(maxBytes: 4)
        #expect(failure { () throws(FieldError) in try StrictJSON.parse("[ ] ".bytes, limits: limits) } == nil)
        #expect(failure { () throws(FieldError) in try StrictJSON.parse("[  ] ".bytes, limits: limits) } != nil)
    }

    @Test func `a fault is placed by path and offset`() {
        let error = failure { () throws(FieldError) in
            try StrictJSON.parse(#"{"hours":[{"from":1},{"from":01}]}"#.bytes)
        }
        #expect(error?.path == "hours[1].from")
        #expect(error?.offset == 29)
        let twice = failure { () throws(FieldError) in try StrictJSON.parse(#"{"a":{"b":1,"b":2}}"#.bytes) }
        #expect(twice == FieldError(path: "a.b", problem: "`a.b` is given twice.", offset: 12))
    }

    @Test func `a member that is no name is not repeated in the error`() {
        let error = failure { () throws(FieldError) in try StrictJSON.parse(#"{"Ann Example +1 555":tru}"#.bytes) }
        #expect(error?.path == "?")
        #expect(error?.description.contains("Ann") == false)
    }

    @Test func `a text where a name should be is not repeated in the error`() {
        let error = failure { () throws(FieldError) in try StrictJSON.parse(#"{"name":{"Ann","Example"}}"#.bytes) }
        #expect(error?.path == "name")
        #expect(error?.description.contains("Ann") == false)
    }
}
