import Schema

extension Fields {
    static func bounded(_ value: UInt32, _ bounds: ClosedRange<UInt32>, _ path: String) throws(Refusal) -> UInt32 {
        guard bounds.contains(value) else {
            throw .field(path, "`\(path)` must be \(bounds.lowerBound) to \(bounds.upperBound).")
        }
        return value
    }

    /// One @ with something around it; who can receive there, only a message shows.
    static func email(_ text: String?, _ path: String) throws(Refusal) -> String {
        let text = try self.text(text, path, maxLength: 200)
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else {
            throw .field(path, "`\(path)` must look like name@example.org.")
        }
        return text
    }
}
