import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import API

/// The guard on a connection that is not one: what it lets in, and what it says itself.
struct RequestGuardTests {
    private let channel: EmbeddedChannel
    private let get = HTTPRequest(method: .get, scheme: nil, authority: "d", path: "/v1/health")
    private let post = HTTPRequest(method: .post, scheme: nil, authority: "d", path: "/v1/commands/AddStaff")

    init() throws {
        channel = EmbeddedChannel(handler: RequestGuard(limits: EdgeLimits()))
        try channel.connect(to: .init(unixDomainSocketPath: "/s")).wait()
    }

    private func said() throws -> [HTTPResponsePart] {
        var parts: [HTTPResponsePart] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) { parts.append(part) }
        return parts
    }

    private func statuses(_ parts: [HTTPResponsePart]) -> [Int] {
        parts.compactMap { if case .head(let head) = $0 { head.status.code } else { nil } }
    }

    @Test func `what is no HTTP is told so`() throws {
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        #expect(statuses(try said()) == [400])
    }

    @Test func `after that nothing is let in any more`() throws {
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        _ = try said()
        try channel.writeInbound(HTTPRequestPart.head(get))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == nil)
    }

    @Test func `a head that is too large is told apart`() throws {
        channel.pipeline.fireErrorCaught(HTTPParserError.headerOverflow)
        #expect(statuses(try said()) == [431])
    }

    @Test func `an answer that is owed goes out before the word that ends the connection`() throws {
        try channel.writeInbound(HTTPRequestPart.head(get))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        #expect(try said().isEmpty)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(statuses(try said()) == [200, 400])
    }

    @Test func `who waits for a body that is broken off learns that it is, and his answer is not sent`() throws {
        try channel.writeInbound(HTTPRequestPart.head(post))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "half")))
        #expect(throws: HTTPParserError.invalidChunkSize) {
            channel.pipeline.fireErrorCaught(HTTPParserError.invalidChunkSize)
            try channel.throwIfErrorCaught()
        }
        #expect(throws: (any Error).self) {
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .created)))
        }
        #expect(statuses(try said()) == [400])
    }

    @Test func `a client that goes away in the midst of its body is an error to who waits for it`() throws {
        try channel.writeInbound(HTTPRequestPart.head(post))
        #expect(throws: HTTPParserError.invalidEOFState) {
            channel.pipeline.fireErrorCaught(HTTPParserError.invalidEOFState)
            try channel.throwIfErrorCaught()
        }
        #expect(try said().isEmpty)
    }

    @Test func `who asks whether to go on is told to, once`() throws {
        var asking = post
        asking.headerFields[.expect] = "100-continue"
        try channel.writeInbound(HTTPRequestPart.head(asking))
        #expect(statuses(try said()) == [100])
    }
}
