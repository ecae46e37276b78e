import NIOCore

/// What one connection may take of time and room.
struct EdgeLimits: Sendable {
    /// Without a request on its way.
    var idle: TimeAmount = .seconds(15)
    /// From a request's first byte to its last.
    var request: TimeAmount = .seconds(15)
    /// The same for a spreadsheet.
    var upload: TimeAmount = .seconds(120)
    /// For one piece of an answer to be taken.
    var stall: TimeAmount = .seconds(15)
    /// Address and header fields together.
    var headBytesMax = 16_384
    var headFieldsMax = 64

    /// After a connection's last word: so long, and so many bytes, is what the client still sends taken and thrown away, so
    /// that it comes to read the word instead of failing to send.
    static let partingTime = TimeAmount.milliseconds(500)
    static let partingBytesMax = 4 << 20

    /// Commands and questions are small.
    static let bodyBytesMax = 256 << 10
    /// Spreadsheets are larger than commands.
    static let uploadBytesMax = 32 << 20

    static func bodyBytesMax(path: String?) -> Int { isUpload(path: path) ? uploadBytesMax : bodyBytesMax }

    /// Whether a request may be as large, and take as long, as a spreadsheet.
    static func isUpload(path: String?) -> Bool {
        (path?.split(separator: "?").first).map { $0 == "/v1/jobs/import" } ?? false
    }
}
