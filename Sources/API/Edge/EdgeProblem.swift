import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes
import Schema

/// What is said to one whose request never became a request.
enum EdgeProblem {
    static let malformed = Refusal(
        .problem("malformed"), status: 400, title: "The request is not understood",
        detail: "This is not HTTP/1.1 as RFC 9112 has it.")
    static let headTooLarge = Refusal(
        .problem("too-large"), status: 431, title: "Too much at once",
        detail: "An address and its header fields may have 16 KiB and 64 fields.")
    /// RFC 9112, 6.1.
    static let unknownCoding = Refusal(
        .problem("unknown-coding"), status: 501, title: "The coding is not known",
        detail: "A body comes as it is, or in chunks; no other Transfer-Encoding is understood.")
    static func bodyTooLarge(_ limitBytes: Int) -> Refusal {
        Refusal(
            .problem("too-large"), status: 413, title: "Too much at once",
            detail: "A body has at most \(limitBytes) bytes here, and in chunks at most twice as many on the way.")
    }
    static let tooSlow = Refusal(
        .problem("too-slow"), status: 408, title: "Too slow", detail: "The request did not arrive in time.")
    static let tooMany = Refusal(
        .problem("too-many-connections"), status: 429, title: "Too many connections",
        detail:
            "Your user holds as many connections as one may, or opens them too fast, or all together hold as many as "
            + "can be. Close some, or try again later.")

    /// The answer as parts, after which the connection ends.
    static func parts(_ refusal: Refusal) -> [HTTPResponsePart] {
        let body = Problem(refusal).json()
        let head = HTTPResponse(status: .init(code: refusal.status), headerFields: fields(refusal, body.count))
        return [.head(head), .body(ByteBuffer(bytes: body)), .end(nil)]
    }

    /// The answer as bytes, for a connection that has no parser.
    static func bytes(_ refusal: Refusal) -> ByteBuffer {
        let body = Problem(refusal).json()
        var text = "HTTP/1.1 \(refusal.status) \(refusal.title)\r\n"
        for field in fields(refusal, body.count) { text += "\(field.name): \(field.value)\r\n" }
        var buffer = ByteBuffer(string: text + "\r\n")
        buffer.writeBytes(body)
        return buffer
    }

    private static func fields(_ refusal: Refusal, _ bodyBytes: Int) -> HTTPFields {
        var fields: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: String(bodyBytes), .connection: "close",
        ]
        if refusal.status == 429 { fields[.retryAfter] = "1" }
        return fields
    }
}

/// The connection was ended by us while its request was arriving; whoever waits for the rest of it waits in vain.
struct RequestCutShort: Error {}
