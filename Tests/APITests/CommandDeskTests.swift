import Clinic
import Engine
import Foundation
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Schema
import SwiftProtobuf
import Synchronization
import Testing

@testable import API

/// The usual command's way, on a connection that is none, to a writer that answers when it is told to.
struct CommandDeskTests {
    private final class Writer: Sendable {
        let waiting = Mutex<[@Sendable (Outcome) -> Void]>([])
        let names = Mutex<[String]>([])

        func take(_ submission: Submission, _ answer: @escaping @Sendable (Outcome) -> Void) {
            names.withLock { $0.append(type(of: submission.command).name) }
            waiting.withLock { $0.append(answer) }
        }
    }

    private let channel = EmbeddedChannel()
    private let writer = Writer()

    init() throws {
        let writer = writer
        try channel.pipeline.syncOperations.addHandler(
            CommandDesk(
                .init(
                    send: { writer.take($0, $1) }, uid: { _ in 0 }, count: { _, _ in },
                    answers: DeskAnswers(channel.eventLoop))))
        try channel.connect(to: .init(unixDomainSocketPath: "/s")).wait()
    }

    private func send(
        _ name: String, _ body: String, fields: HTTPFields = [:], method: HTTPRequest.Method = .post
    ) throws {
        var head = HTTPRequest(method: method, scheme: nil, authority: "d", path: "/v1/commands/\(name)")
        head.headerFields = fields
        head.headerFields[.contentLength] = String(body.utf8.count)
        try channel.writeInbound(HTTPRequestPart.head(head))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: body)))
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    private func passedOn() throws -> Int {
        var heads = 0
        while let part = try channel.readInbound(as: HTTPRequestPart.self) { if case .head = part { heads += 1 } }
        return heads
    }

    private func decide(_ outcome: Outcome) throws {
        let answer = try #require(writer.waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() })
        answer(outcome)
        channel.embeddedEventLoop.run()
    }

    private func answers() throws -> [Int] {
        var statuses: [Int] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
            if case .head(let head) = part { statuses.append(head.status.code) }
        }
        return statuses
    }

    private var asked: [String] { writer.names.withLock { $0 } }
    private let done = Outcome.success(Reply.with { $0.position = 7 })

    @Test func `a command goes to the writer and its answer comes back, with position and date`() throws {
        try send("AddRoom", #"{"location":4,"name":"Blue"}"#)
        #expect(asked == ["AddRoom"])
        #expect(try answers().isEmpty)
        let answer = try #require(writer.waiting.withLock { $0.first })
        answer(done)
        #expect(try answers().isEmpty, "answered on the writer's thread")
        channel.embeddedEventLoop.run()
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self),
            case .body(let body) = try channel.readOutbound(as: HTTPResponsePart.self),
            case .end = try channel.readOutbound(as: HTTPResponsePart.self)
        else {
            Issue.record("there is no whole answer")
            return
        }
        #expect(head.status == .created && head.headerFields[.daybookPosition] == "7")
        #expect(head.headerFields[.contentLength] == String(body.readableBytes))
        #expect(head.headerFields[.date]?.hasSuffix(" GMT") == true)
        #expect(String(buffer: body).contains("\"position\":7"))
        #expect(try passedOn() == 0)
    }

    @Test func `a refusal is a problem document`() throws {
        try send("AddRoom", "{}")
        try decide(.failure(.busy("Later.")))
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            Issue.record("there is no answer")
            return
        }
        #expect(head.status.code == 503 && head.headerFields[.retryAfter] == "1")
        #expect(head.headerFields[.contentType] == "application/problem+json")
    }

    @Test func `what cannot be read is refused at once, and the next command is taken`() throws {
        try send("AddRoom", "{")
        #expect(try answers() == [400])
        try send("AddRoom", "{}", fields: [.idempotencyKey: "none"])
        #expect(try answers() == [400])
        #expect(asked.isEmpty)
        try send("AddRoom", "{}")
        #expect(asked == ["AddRoom"])
    }

    @Test func `what is not usual goes on to the routes`() throws {
        try send("Nonsense", "{}")
        try send("AddRoom", "{}", fields: [.origin: "https://example.org"])
        try send("AddRoom?x=1", "{}")
        try send("AddRoom", String(repeating: " ", count: CommandDesk.bodyBytesMax + 1))
        try send("AddRoom", "{}", method: .get)
        #expect(try passedOn() == 5 && asked.isEmpty)
    }

    @Test func `while the routes owe an answer a command waits its turn with them`() throws {
        let get = HTTPRequest(method: .get, scheme: nil, authority: "d", path: "/v1/health")
        try channel.writeInbound(HTTPRequestPart.head(get))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try send("AddRoom", "{}")
        #expect(try passedOn() == 2 && asked.isEmpty)
        for _ in 0..<2 {
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
        }
        try send("AddRoom", "{}")
        #expect(asked == ["AddRoom"])
    }

    @Test func `commands in one go are decided one after the other, and what follows them too`() throws {
        for _ in 0..<3 { try send("AddRoom", "{}") }
        try send("Nonsense", "{}")
        for count in 1...3 {
            #expect(asked.count == count)
            #expect(try passedOn() == 0)
            try decide(done)
            #expect(try answers() == [201])
        }
        #expect(try passedOn() == 1)
    }

    @Test func `nothing is read while a command is decided`() throws {
        try send("AddRoom", "{}")
        let reads = Reads()
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        channel.read()
        #expect(reads.count == 0)
        try decide(done)
        #expect(reads.count == 1)
    }

    @Test func `a client that has sent all it will gets its answer before anybody ends the connection`() throws {
        let ends = Ends()
        try channel.pipeline.syncOperations.addHandler(ends)
        try send("AddRoom", "{}")
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!ends.isTold)
        try decide(done)
        #expect(ends.isTold)
        #expect(try answers() == [201])
    }

    @Test func `who does not take his answers is asked for no more commands until he does`() throws {
        try send("AddRoom", "{}")
        try send("AddRoom", "{}")
        channel.isWritable = false
        try decide(done)
        #expect(asked.count == 1)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(asked.count == 2)
    }

    @Test func `one whose connection has gone is told nothing`() throws {
        try send("AddRoom", "{}")
        let answer = try #require(writer.waiting.withLock { $0.first })
        _ = try channel.finish(acceptAlreadyClosed: true)
        answer(done)
        channel.embeddedEventLoop.run()
        #expect(try answers().isEmpty)
    }

    @Test func `dates are as RFC 9110 has them`() {
        #expect(DeskAnswer.date(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}

private final class Reads: ChannelOutboundHandler {
    typealias OutboundIn = Never
    var count = 0
    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}

private final class Ends: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    var isTold = false
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { isTold = true }
    }
}
