import Engine
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Schema
import SwiftProtobuf

/// What a command came to, as it goes over the wire: the same that the routes answer.
struct DeskAnswer {
    let status: Int
    private let fields: HTTPFields
    private let body: ByteBuffer

    var isDone: Bool { status == 201 }

    init(_ outcome: Outcome, asProtobuf: Bool) {
        switch outcome {
        case .success(let reply):
            let bytes: [UInt8]? = asProtobuf ? try? reply.serializedBytes() : try? JSONWriter.encode(reply)
            guard let bytes else {
                self.init(.internalError)
                return
            }
            let fields: HTTPFields = [
                .contentType: asProtobuf ? "application/x-protobuf" : "application/json",
                .daybookPosition: String(reply.position),
            ]
            self.init(status: 201, fields: fields, body: ByteBuffer(bytes: bytes))
        case .failure(let refusal): self.init(refusal)
        }
    }

    private init(_ refusal: Refusal) {
        let problem = Problem(refusal)
        self.init(status: problem.status, fields: problem.fields, body: ByteBuffer(bytes: problem.json()))
    }

    private init(status: Int, fields: HTTPFields, body: ByteBuffer) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    func parts(nowSeconds: Int) -> [HTTPResponsePart] {
        var fields = fields
        fields[.contentLength] = String(body.readableBytes)
        fields[.date] = Self.date(nowSeconds)
        let head = HTTPResponse(status: .init(code: status), headerFields: fields)
        return [.head(head), .body(body), .end(nil)]
    }

    static func nowSeconds() -> Int { time(nil) }

    /// RFC 9110, 5.6.7.
    static func date(_ seconds: Int) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
            let length = strftime(buffer.baseAddress!, buffer.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return String(decoding: buffer[..<length].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
