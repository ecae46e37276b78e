import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// What a test's server was asked.
struct Received: Sendable {
    var method: String
    var uri: String
    var headers: [String: String]
    var body: String
}

/// What it does about it.
enum Reaction: Sendable {
    case answer(Int, String, headers: [String: String] = [:])
    /// Closes the connection without an answer, as a killed daemon does.
    case hangUp
    /// Answers in pieces, as a stream.
    case stream([String])
    /// Begins a stream and closes the connection in the middle of it.
    case cutOff([String])
}

/// A small HTTP server over a real Unix socket in a temporary folder.
final class SocketServer: Sendable {
    let folder: String
    var path: String { folder + "/daybook.sock" }
    private let channel: any Channel
    private let script: Script

    /// - Parameter reactions: One for each request, in order; the last is repeated.
    static func start(_ reactions: [Reaction]) async throws -> SocketServer {
        let folder = FileManager.default.temporaryDirectory.path + "/daybook-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = Script(reactions)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(ScriptedHandler(script))
                }
            }
            .bind(unixDomainSocketPath: folder + "/daybook.sock").get()
        return SocketServer(folder: folder, channel: channel, script: script)
    }

    private init(folder: String, channel: any Channel, script: Script) {
        self.folder = folder
        self.channel = channel
        self.script = script
    }

    var received: [Received] { script.received }

    /// Stops and clears up.
    func stop() async throws {
        try await channel.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}

/// Starts a server for the length of `body`.
func withServer<Result>(
    _ reactions: Reaction..., body: (SocketServer) async throws -> Result
) async throws -> Result {
    try await withServer(reactions, body: body)
}

func withServer<Result>(
    _ reactions: [Reaction], body: (SocketServer) async throws -> Result
) async throws -> Result {
    let server = try await SocketServer.start(reactions)
    do {
        let result = try await body(server)
        try await server.stop()
        return result
    } catch {
        try await server.stop()
        throw error
    }
}

/// The reactions still to come, and what was asked so far.
final class Script: Sendable {
    private let state: Mutex<(reactions: [Reaction], received: [Received])>

    init(_ reactions: [Reaction]) { state = Mutex((reactions, [])) }

    var received: [Received] { state.withLock { $0.received } }

    func next(after request: Received) -> Reaction {
        state.withLock { state in
            state.received.append(request)
            return state.reactions.count > 1 ? state.reactions.removeFirst() : state.reactions[0]
        }
    }
}

/// Collects a request and reacts to it.
final class ScriptedHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let script: Script
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ script: Script) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let buffer): body += String(buffer: buffer)
        case .end: react(context)
        }
    }

    private func react(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        let request = Received(method: head.method.rawValue, uri: head.uri, headers: headers, body: body)
        switch script.next(after: request) {
        case .hangUp: context.close(promise: nil)
        case .answer(let status, let text, let headers): write(context, status, [text], headers)
        case .stream(let pieces): write(context, 200, pieces, [:])
        case .cutOff(let pieces):
            write(context, 200, pieces, ["Transfer-Encoding": "chunked"], isWhole: false)
            context.close(promise: nil)
        }
    }

    private func write(
        _ context: ChannelHandlerContext, _ status: Int, _ pieces: [String], _ headers: [String: String],
        isWhole: Bool = true
    ) {
        var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
        if isWhole, pieces.count == 1 { fields.replaceOrAdd(name: "Content-Length", value: "\(pieces[0].utf8.count)") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        for piece in pieces {
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: piece)))), promise: nil)
        }
        if isWhole { context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
    }
}
