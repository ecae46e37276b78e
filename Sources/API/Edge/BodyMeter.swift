import HTTPTypes

/// How much of one request's body is announced and has come, and whether that is more than it may have.
struct BodyMeter {
    private(set) var limitBytes = 0
    private var announcedBytes = 0
    private var bytes = 0
    private var wireBytes = 0

    /// Chunks have sizes and may have extensions; these must not be without bounds either.
    private var wireBytesMax: Int { 2 * limitBytes }

    var isTooLong: Bool { max(announcedBytes, bytes) > limitBytes || wireBytes > wireBytesMax }

    mutating func begin(_ head: HTTPRequest) {
        self = BodyMeter()
        limitBytes = EdgeLimits.bodyBytesMax(path: head.path)
        // One that is no number is the parser's to refuse.
        announcedBytes = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
    }

    mutating func received(bodyBytes: Int) { bytes += bodyBytes }

    /// As they come over the socket; those in one read with the head are not known apart, and not counted.
    mutating func received(wireBytes: Int) { self.wireBytes += wireBytes }
}
