import Engine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema
import SwiftProtobuf

extension Request {
    /// The body, refused when it is longer.
    func bytes(upTo limitBytes: Int) async throws -> [UInt8] {
        do {
            let buffer = try await body.collect(upTo: limitBytes)
            // A connection that ends early must never pass off half a body as the whole.
            guard headers[.contentLength].flatMap({ Int($0) }).map({ $0 == buffer.readableBytes }) ?? true else {
                throw RequestCutShort()
            }
            return [UInt8](buffer: buffer)
        } catch is NIOTooManyBytesError {
            throw EdgeProblem.bodyTooLarge(limitBytes)
        }
    }
}

extension Request {
    /// Refuses an address whose escapes are none, instead of guessing what was meant (RFC 3986, 2.1).
    func requireWellFormedQuery() throws(Refusal) {
        guard let query = uri.query else { return }
        guard query.removingPercentEncoding != nil else {
            throw .field("query", "The address holds a percent sign that begins no escape of UTF-8, like %C3%A9.")
        }
    }

    /// The parameters of an address that has these and no others, each at most once.
    func parameters(_ known: String...) throws(Refusal) -> [String: String] {
        try requireWellFormedQuery()
        var found: [String: String] = [:]
        for (name, value) in uri.queryParameters {
            let name = String(name)
            guard known.contains(name) else {
                throw .field(
                    "query",
                    known.isEmpty
                        ? "This address takes no parameters."
                        : "This address takes no parameters but \(known.joined(separator: " and ")).")
            }
            guard found.updateValue(String(value), forKey: name) == nil else {
                throw .field(name, "`\(name)` is given twice.")
            }
        }
        return found
    }

    /// A parameter that is true or false; false when it is left out.
    static func flag(_ name: String, in parameters: [String: String]) throws(Refusal) -> Bool {
        switch parameters[name] {
        case nil, "false": false
        case "true": true
        default: throw .field(name, "`\(name)` must be true or false.")
        }
    }
}

extension Response {
    /// A message as JSON, or as Protobuf for one who asked for it.
    static func message(
        _ message: some SwiftProtobuf.Message, status: HTTPResponse.Status, position: UInt64?, asProtobuf: Bool
    ) throws -> Response {
        let bytes: [UInt8] = asProtobuf ? try message.serializedBytes() : try JSONWriter.encode(message)
        var headers: HTTPFields = [.contentType: asProtobuf ? "application/x-protobuf" : "application/json"]
        if let position { headers[.daybookPosition] = String(position) }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// As `message`, with its share of what one user's answers may hold in memory until they are taken.
    static func message(
        _ message: some SwiftProtobuf.Message, position: UInt64, asProtobuf: Bool, within budget: AnswerBudget,
        for uid: UInt32
    ) throws -> Response {
        var response = try Response.message(message, status: .ok, position: position, asProtobuf: asProtobuf)
        guard let bytes = response.body.contentLength, bytes > AnswerBudget.smallBytesMax else { return response }
        let share = try budget.share(ofBytes: bytes, for: uid)
        let whole = response.body
        response.body = ResponseBody(contentLength: bytes) { writer in
            // The end waits until the most of it was taken.
            try await whole.write(writer)
            withExtendedLifetime(share) {}
        }
        return response
    }
}
