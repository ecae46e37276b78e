/// JSON (RFC 8259) read strictly: UTF-8 without byte order mark, no duplicate names, no comments, no trailing commas,
/// no lone surrogates, no U+0000, nothing after the value, bounded in size and depth.
public enum StrictJSON {
    /// - Throws: `FieldError` with the byte offset and the path of the first fault.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(FieldError) -> JSONValue {
        guard bytes.count <= limits.maxBytes else {
            throw FieldError(path: "", problem: "The body is longer than \(limits.maxBytes) bytes.")
        }
        try checkEncoding(bytes)
        var parser = StrictJSONParser(bytes: bytes, limits: limits)
        return try parser.document()
    }

    /// Other encodings than UTF-8 get their own sentence, since "unexpected character" would puzzle whoever sent them.
    private static func checkEncoding(_ bytes: [UInt8]) throws(FieldError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw FieldError(path: "", problem: "The body must not begin with a byte order mark.", offset: 0)
        }
        let isWide =
            bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(2).contains(0)
        if isWide {
            throw FieldError(path: "", problem: "The body must be UTF-8, not UTF-16 or UTF-32.", offset: 0)
        }
    }
}

/// One pass over the bytes by recursive descent; depth is bounded by the limits.
struct StrictJSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    var path = FieldPath()
    private var depth = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(FieldError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else {
            throw FieldError(path: "", problem: "The body is empty; send a JSON object, at least {}.", offset: position)
        }
        let value = try self.value()
        skipSpace()
        guard position == bytes.count else { throw failure("The body goes on after its JSON value ends") }
        return value
    }

    private mutating func value() throws(FieldError) -> JSONValue {
        let start = position
        guard position < bytes.count else { throw failure("The body ends where a value is missing") }
        switch bytes[position] {
        case UInt8(ascii: "{"):
            let members = try nested { parser throws(FieldError) in try parser.members() }
            return JSONValue(.object(members), offset: start)
        case UInt8(ascii: "["):
            let elements = try nested { parser throws(FieldError) in try parser.elements() }
            return JSONValue(.array(elements), offset: start)
        case UInt8(ascii: "\""): return JSONValue(.text(try string()), offset: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONValue(.number(try number()), offset: start)
        case UInt8(ascii: "t"): return JSONValue(try literal("true", .bool(true)), offset: start)
        case UInt8(ascii: "f"): return JSONValue(try literal("false", .bool(false)), offset: start)
        case UInt8(ascii: "n"): return JSONValue(try literal("null", .null), offset: start)
        case UInt8(ascii: "'"): throw failure("Text must be in double quotes")
        case UInt8(ascii: "/"), UInt8(ascii: "#"): throw failure("Comments are not allowed in JSON")
        case UInt8(ascii: "+"), UInt8(ascii: "."): throw failure("A number must begin with a digit or a minus")
        default: throw failure("A JSON value is expected here")
        }
    }

    private mutating func nested<Result>(
        _ read: (inout Self) throws(FieldError) -> Result
    ) throws(FieldError) -> Result {
        guard depth < limits.maxDepth else {
            throw failure("Objects and lists are nested more than \(limits.maxDepth) deep")
        }
        depth += 1
        position += 1
        let result = try read(&self)
        depth -= 1
        return result
    }

    private mutating func members() throws(FieldError) -> [JSONMember] {
        var members: [JSONMember] = []
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            let start = position
            guard peek() == UInt8(ascii: "\"") else {
                throw failure(
                    peek() == UInt8(ascii: "}")
                        ? "A comma stands before the closing brace"
                        : "A member's name in double quotes is expected here")
            }
            let name = try string()
            skipSpace()
            // Before the colon it could as well be a text that lost its name, which no error may repeat.
            guard take(UInt8(ascii: ":")) else { throw failure("A colon is expected here") }
            path.enter(member: name)
            guard names.insert(name).inserted else {
                throw FieldError(path: path.text, problem: "\(path.subject) is given twice.", offset: start)
            }
            skipSpace()
            members.append(JSONMember(name: name, value: try value(), offset: start))
            path.leave()
            skipSpace()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw failure("A comma or a closing brace is expected here") }
            skipSpace()
        }
    }

    private mutating func elements() throws(FieldError) -> [JSONValue] {
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            path.enter(element: elements.count)
            elements.append(try value())
            path.leave()
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw failure("A comma or a closing bracket is expected here") }
            skipSpace()
            if peek() == UInt8(ascii: "]") { throw failure("A comma stands before the closing bracket") }
        }
    }

    private mutating func literal(
        _ word: StaticString, _ content: JSONValue.Content
    ) throws(FieldError) -> JSONValue.Content {
        let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw failure("A JSON value is expected here; text must be in double quotes") }
        position += word.utf8CodeUnitCount
        return content
    }
}

extension StrictJSONParser {
    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    func failure(_ problem: String) -> FieldError {
        let place = path.text
        let problem = place.isEmpty ? "\(problem)." : "\(problem), at `\(place)`."
        return FieldError(path: place, problem: problem, offset: position)
    }
}
