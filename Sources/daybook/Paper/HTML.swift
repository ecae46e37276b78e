/// Text that is HTML. What is put into a literal is escaped on its way in, so that nothing from outside is ever markup.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    let source: String

    init(stringLiteral source: String) { self.source = source }
    init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

    static let empty: HTML = ""

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { source += literal }
        mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }
        mutating func appendInterpolation(_ html: HTML) { source += html.source }
        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { source += part.source } }
    }

    /// Control characters are left out, but for those that part lines and columns.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            default: if scalar.properties.generalCategory != .control { escaped.unicodeScalars.append(scalar) }
            }
        }
        return escaped
    }
}

extension HTML {
    /// Text in its own direction: Hebrew or Arabic in the midst of English does not turn what stands beside it around.
    static func isolated(_ text: String) -> HTML { "<bdi>\(text)</bdi>" }

    /// Several lines, each in the direction of its own letters.
    static func block(_ text: String) -> HTML {
        let lines = text.split(whereSeparator: \.isNewline).map { line -> HTML in
            "<div dir=\"auto\">\(String(line))</div>"
        }
        return "\(lines)"
    }
}
