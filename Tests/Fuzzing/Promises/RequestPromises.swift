import Schema
import SwiftProtobuf

/// What holds of every request, in whichever form it came.
enum RequestPromises {
    /// Written as JSON or as Protobuf and read again it is the same request, with the same canonical bytes.
    static func hold<M: Message>(for message: M) throws {
        let canonical = CanonicalWriter.bytes(of: message)
        let json = try JSONWriter.encode(message)
        let fromJSON: M = try readAgain("JSON") { () throws(FieldError) in try JSONReader.decode(from: json) }
        try promise(CanonicalWriter.bytes(of: fromJSON) == canonical, "JSON changes the request")
        try promise(JSONWriter.encode(fromJSON) == json, "the same request is written as other JSON")
        let wire: [UInt8] = try message.serializedBytes()
        let fromWire: M = try readAgain("Protobuf") { () throws(FieldError) in try ProtobufReader.decode(from: wire) }
        try promise(CanonicalWriter.bytes(of: fromWire) == canonical, "Protobuf changes the request")
    }

    private static func readAgain<M>(_ form: String, _ read: () throws(FieldError) -> M) throws -> M {
        do throws(FieldError) {
            return try read()
        } catch {
            throw BrokenPromise(description: "a request's own \(form) is refused: \(error)")
        }
    }

    /// A refusal is one sentence of bounded length, with a place in the body; nothing of what stands at `places` is in it.
    static func hold(
        for refusal: FieldError, body: [UInt8], private places: some Sequence<Range<Int>>,
        refuse: ([UInt8]) -> FieldError?
    ) throws {
        let problem = refusal.problem
        try promise(problem.hasSuffix(".") || problem.hasSuffix("?"), "no sentence: \(problem)")
        // A path of 32 names of 48 bytes, twice, and the longest list of words in the schema.
        try promise(problem.utf8.count <= 8_192 && refusal.path.utf8.count <= 4_096, "the refusal is too long")
        try promise(!problem.unicodeScalars.contains { $0.value < 0x20 }, "control characters in: \(problem)")
        try promise(refusal.offset.map { (0...body.count).contains($0) } ?? true, "the offset is outside: \(refusal)")
        let told = { (refusal: FieldError) in "\(refusal.path)\n\(refusal)" }
        try Repeats.none(of: body, at: places, in: told(refusal)) { refuse($0).map(told) }
    }
}

/// What a reader throws; nil when it reads.
func refusal<Failure: Error>(_ read: () throws(Failure) -> some Any) -> Failure? {
    do throws(Failure) {
        _ = try read()
        return nil
    } catch {
        return error
    }
}
