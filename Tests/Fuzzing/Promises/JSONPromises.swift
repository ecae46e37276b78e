import Schema
import SwiftProtobuf

/// Requests as JSON. What is read here, swift-protobuf's own reader reads too, to the same message: it allows more, but
/// gives nothing another meaning.
enum JSONPromises {
    static func hold(for input: RequestInput, _ reader: FuzzTarget.Reader) throws -> Bool {
        try hold(for: input.body, as: input.type.message, reader)
    }

    private static func hold<M: Message>(
        for body: [UInt8], as type: M.Type, _ reader: FuzzTarget.Reader
    ) throws -> Bool {
        let message: M
        do throws(FieldError) {
            message = try JSONReader.decode(from: reader == .daybook ? body : withoutEscapes(body))
        } catch {
            try RequestPromises.hold(for: error, body: body, private: JSONTexts.values(of: body)) { other in
                refusal { () throws(FieldError) -> M in try JSONReader.decode(from: other) }
            }
            return false
        }
        try RequestPromises.hold(for: message)
        guard !hasPairBeyondPlane1(body) else { return true }
        let other: M
        do {
            other = try M(jsonUTF8Bytes: body)
        } catch {
            throw BrokenPromise(description: "swift-protobuf refuses what was read: \(error)")
        }
        try promise(
            CanonicalWriter.bytes(of: message) == CanonicalWriter.bytes(of: other),
            "swift-protobuf reads another request")
        return true
    }

    /// From U+20000 on swift-protobuf 1.39 takes a pair of escapes, as `\ud84d\ude0c`, for another character.
    private static func hasPairBeyondPlane1(_ body: [UInt8]) -> Bool {
        body.indices.dropLast(5).contains { index in
            body[index] == UInt8(ascii: "\\") && body[index + 1] == UInt8(ascii: "u")
                && (UInt16(String(decoding: body[index + 2..<index + 6], as: UTF8.self), radix: 16) ?? 0) >= 0xD840
        }
    }

    /// The fault that is planted: a reader that does not know `\u00e9`.
    private static func withoutEscapes(_ body: [UInt8]) -> [UInt8] {
        var left: [UInt8] = []
        var rest = body[...]
        while let byte = rest.first {
            if rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                rest = rest.dropFirst(6)
            } else {
                left.append(byte)
                rest = rest.dropFirst()
            }
        }
        return left
    }
}

/// The texts of a JSON body that are no names, told apart by the colon behind those, without reading it.
enum JSONTexts {
    /// Where they stand, without their quotes.
    static func values(of body: [UInt8]) -> [Range<Int>] {
        var values: [Range<Int>] = []
        var position = 0
        while let open = body[position...].firstIndex(of: UInt8(ascii: "\"")) {
            var end = open + 1
            while end < body.count, body[end] != UInt8(ascii: "\"") {
                end += body[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < body.count else { return values + [open + 1..<body.count] }
            let next = body[(end + 1)...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
            if next != UInt8(ascii: ":") { values.append(open + 1..<end) }
            position = end + 1
        }
        return values
    }
}
