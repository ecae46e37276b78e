extension StrictJSONParser {
    /// RFC 8259 section 6: no leading zeros, no plus, digits on both sides of a point.
    mutating func number() throws(FieldError) -> JSONNumber {
        let isNegative = take(UInt8(ascii: "-"))
        let first = position
        var magnitude: UInt64? = 0
        while let digit = digit() {
            position += 1
            magnitude = magnitude.flatMap { Self.appending(digit, to: $0) }
        }
        guard position > first else { throw failure("A digit is expected here") }
        if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
            position = first
            throw failure("A number must not begin with 0")
        }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try skipDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            try skipDigits()
        }
        guard isWhole else { return .notWhole }
        guard let magnitude else { return .tooLarge }
        return .integer(isNegative: isNegative, magnitude: magnitude)
    }

    private static func appending(_ digit: UInt8, to magnitude: UInt64) -> UInt64? {
        let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
        return overflow || carry ? nil : sum
    }

    private func digit() -> UInt8? {
        guard let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        return byte - UInt8(ascii: "0")
    }

    private mutating func skipDigits() throws(FieldError) {
        let first = position
        while digit() != nil { position += 1 }
        guard position > first else { throw failure("A digit is expected here") }
    }

    /// The text between the quotes that begin at the position.
    mutating func string() throws(FieldError) -> String {
        position += 1
        let first = position
        while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw failure("Control characters in text must be written as escapes") }
            position += 1
        }
        if take(UInt8(ascii: "\"")) { return try text(bytes[first..<position - 1], from: first) }
        var unescaped = Array(bytes[first..<position])
        while let byte = peek() {
            if byte == UInt8(ascii: "\"") {
                position += 1
                return try text(unescaped[...], from: first)
            }
            guard byte >= 0x20 else { throw failure("Control characters in text must be written as escapes") }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &unescaped)
            } else {
                unescaped.append(byte)
                position += 1
            }
        }
        throw failure("A text is not closed by a double quote")
    }

    private func text(_ bytes: ArraySlice<UInt8>, from start: Int) throws(FieldError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let place = path.text
            throw FieldError(path: place, problem: "A text is not valid UTF-8, at `\(place)`.", offset: start)
        }
        return text
    }

    private mutating func escape(into unescaped: inout [UInt8]) throws(FieldError) {
        position += 1
        guard let byte = peek() else { throw failure("A text is not closed by a double quote") }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            unescaped.append(contentsOf: String(try scalar()).utf8)
            return
        default: throw failure("This escape does not exist in JSON")
        }
        position += 1
    }

    /// One scalar of `\uXXXX` or of a pair of surrogates, after the first `\u`.
    private mutating func scalar() throws(FieldError) -> Unicode.Scalar {
        let start = position
        let unit = try hexUnit()
        if unit == 0 {
            position = start
            throw failure("Text must not hold the character U+0000")
        }
        if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
        guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            position = start
            throw failure("Half of a surrogate pair stands alone")
        }
        let low = try hexUnit()
        guard low >= 0xDC00, low <= 0xDFFF,
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else {
            position = start
            throw failure("Half of a surrogate pair stands alone")
        }
        return scalar
    }

    private mutating func hexUnit() throws(FieldError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let value = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure("Four hexadecimal digits are expected after \\u")
            }
            unit = unit << 4 | UInt16(value)
            position += 1
        }
        return unit
    }
}
