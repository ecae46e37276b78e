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

    @Test func `a length that is too much is refused by the head, before anything of it comes`() throws {
        var large = post
        large.headerFields[.contentLength] = String(EdgeLimits.bodyBytesMax + 1)
        large.headerFields[.expect] = "100-continue"
        try channel.writeInbound(HTTPRequestPart.head(large))
        let parts = try said()
        #expect(statuses(parts) == [413])
        guard case .head(let head) = parts.first else { return #expect(Bool(false)) }
        #expect(head.headerFields[.connection] == "close")
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == nil)
    }

    @Test func `a spreadsheet may be larger, and not without bounds`() throws {
        var sheet = HTTPRequest(method: .post, scheme: nil, authority: "d", path: "/v1/jobs/import")
        sheet.headerFields[.contentLength] = String(EdgeLimits.uploadBytesMax)
        try channel.writeInbound(HTTPRequestPart.head(sheet))
        #expect(try said().isEmpty)
        sheet.headerFields[.contentLength] = String(EdgeLimits.uploadBytesMax + 1)
        let second = EmbeddedChannel(handler: RequestGuard(limits: EdgeLimits()))
        try second.writeInbound(HTTPRequestPart.head(sheet))
        #expect(try second.readOutbound(as: HTTPResponsePart.self) != nil)
    }

    @Test func `a body of chunks is refused when it becomes too much, and who waits for it learns that`() throws {
        try channel.writeInbound(HTTPRequestPart.head(post))
        let half = HTTPRequestPart.body(ByteBuffer(repeating: 32, count: EdgeLimits.bodyBytesMax / 2 + 1))
        try channel.writeInbound(half)
        #expect(try said().isEmpty)
        #expect(throws: RequestCutShort.self) { try channel.writeInbound(half) }
        #expect(statuses(try said()) == [413])
    }

    @Test func `chunks of little more than their own sizes are too much on the way`() throws {
        let guardian = RequestGuard(limits: EdgeLimits())
        let channel = EmbeddedChannel(handler: guardian)
        try channel.writeInbound(HTTPRequestPart.head(post))
        for _ in 0..<8 {
            guardian.received(bytes: EdgeLimits.bodyBytesMax / 4)
            guardian.parsed()
        }
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
        guardian.received(bytes: 1)
        guardian.parsed()
        #expect(throws: RequestCutShort.self) { try channel.throwIfErrorCaught() }
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            return #expect(Bool(false))
        }
        #expect(head.status.code == 413)
    }

    @Test func `what is too much behind a request is refused when that one is answered`() throws {
        try channel.writeInbound(HTTPRequestPart.head(get))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        var large = post
        large.headerFields[.contentLength] = "1073741824"
        try channel.writeInbound(HTTPRequestPart.head(large))
        #expect(try said().isEmpty)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(statuses(try said()) == [200, 413])
    }

    @Test func `a body that its answer did not wait for ends the connection when it is too much, without a word`()
        throws
    {
        try channel.writeInbound(HTTPRequestPart.head(get))
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        _ = try said()
        #expect(throws: RequestCutShort.self) {
            try channel.writeInbound(
                HTTPRequestPart.body(ByteBuffer(repeating: 32, count: EdgeLimits.bodyBytesMax + 1)))
        }
        #expect(try said().isEmpty)
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            if case .head(let head) = part { #expect(head == get) } else { #expect(Bool(false)) }
        }
        // Nothing is listened to any more.
        try channel.writeInbound(HTTPRequestPart.head(get))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == nil)
    }

    @Test func `the last that a client wants answered is answered as the last, and nothing behind it`() throws {
        var last = get
        last.headerFields[.connection] = "close"
        try channel.writeInbound(HTTPRequestPart.head(last))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        while try channel.readInbound(as: HTTPRequestPart.self) != nil {}
        try channel.writeInbound(HTTPRequestPart.head(get))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == nil)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        guard case .head(let head) = try said().first else { return #expect(Bool(false)) }
        #expect(head.headerFields[.connection] == "close")
    }

    @Test func `after the last word so much is taken as lets the client come to read it, and no more`() throws {
        let guardian = RequestGuard(limits: EdgeLimits())
        let channel = EmbeddedChannel(handlers: [HalfCloses(), guardian])
        try channel.connect(to: .init(unixDomainSocketPath: "/s")).wait()
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        guardian.received(bytes: EdgeLimits.partingBytesMax)
        guardian.parsed()
        #expect(channel.isActive)
        guardian.received(bytes: 1)
        guardian.parsed()
        #expect(!channel.isActive)
    }

    @Test func `who asks whether to go on is told to, once`() throws {
        var asking = post
        asking.headerFields[.expect] = "100-continue"
        try channel.writeInbound(HTTPRequestPart.head(asking))
        #expect(statuses(try said()) == [100])
    }
}

/// An embedded channel knows no half of a connection, and would close all of it.
private final class HalfCloses: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .all { context.close(promise: promise) } else { promise?.succeed() }
    }
}
