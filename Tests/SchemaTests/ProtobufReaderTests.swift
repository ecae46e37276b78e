import Testing

@testable import Schema

@Suite struct ProtobufReaderTests {
    private func read(_ bytes: [UInt8]) throws(FieldError) -> EveryKind {
        try ProtobufReader.decode(EveryKind.self, from: bytes, descriptors: testSchema)
    }

    @Test func `lists are read packed and one by one`() throws {
        #expect(try read([0x82, 1, 2, 1, 2, 0x80, 1, 3]).numbers == [1, 2, 3])
    }

    static let refused: [(bytes: [UInt8], path: String)] = [
        ([0xF8, 0x07, 1], ""), ([0x08], "anInt32"), ([0x08, 0x80], "anInt32"), ([0x09], "anInt32"),
        ([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], "anInt32"),
        ([0x08, 0x80, 0x80, 0x80, 0x80, 0x08], "anInt32"), ([0x58, 2], "flag"), ([0x62, 1, 0], "start"),
        ([0x62, 1, 0xFF], ""), ([0x62, 2, 0x61], "start"), ([0x70, 0], "colour"), ([0x70, 3], "colour"),
        ([0x7A, 2, 0x70, 9], "inner.colour"), ([0x08, 1, 0x08, 1], "anInt32"), ([0x00], ""), ([0x0B], ""),
        ([0xA2, 1, 0, 0xA8, 1, 0], "rightNumber"), ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], ""),
        ([0x62, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "start"), ([0x3D, 0, 0, 0], "aFixed32"),
        ([0x82, 1, 1, 0x80], "numbers"), ([0xC0, 0xB8, 2, 1, 0xC0, 0xB8, 2, 1], "far"),
    ]

    @Test(arguments: refused)
    func `what JSON could not say is refused in Protobuf too`(bytes: [UInt8], path: String) {
        #expect(failure { () throws(FieldError) in try read(bytes) }?.path == path)
    }

    @Test func `nesting is bounded`() {
        var bytes: [UInt8] = []
        for _ in 0..<40 {
            var outer: [UInt8] = []
            outer.appendTag(15, .lengthDelimited)
            outer.appendLengthDelimited(bytes)
            bytes = outer
        }
        let error = failure { () throws(FieldError) in try read(bytes) }
        #expect(error?.problem.hasSuffix("is nested too deep.") == true)
    }

    @Test func `a request longer than the limit is refused`() {
        let bytes = [UInt8](repeating: 0, count: 300_000)
        #expect(failure { () throws(FieldError) in try read(bytes) }?.problem.contains("262144") == true)
    }
}
