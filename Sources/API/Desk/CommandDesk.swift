import Clinic
import Engine
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Schema

/// Takes the usual command from its connection to the writer and back on the event loop, without a task of its own, which
/// would cost more than the command.
///
/// Usual is a command by its name, small, of a known length, when nothing else is being answered on the connection. All
/// else goes on to the routes, which answer it in the same words. While a command is decided nothing more is read, and
/// what has been parsed already waits here; the same holds while a client does not take its answers.
final class CommandDesk: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Where commands are decided, and how many came to what.
    struct Service: Sendable {
        var send: @Sendable (Submission, @escaping @Sendable (Outcome) -> Void) -> Void
        var uid: @Sendable (any Channel) -> UInt32?
        var count: @Sendable (_ name: String, _ outcome: String) -> Void
        var answers: DeskAnswers
    }

    /// Larger ones would keep the others of the loop waiting while they are read.
    static let bodyBytesMax = 8_192

    private struct Request {
        var head: HTTPRequest
        var type: any Command.Type
        var body = ByteBuffer()
    }

    private enum Stage {
        case free
        case receiving(Request)
        case deciding(type: any Command.Type, wantsProtobuf: Bool)
        /// The client does not take its answers.
        case stalled
    }

    private let service: Service
    private var stage = Stage.free
    /// Answers that the routes owe.
    private var owedByRoutes = 0
    private var held: [HTTPRequestPart] = []
    private var isReadHeld = false
    private var isInputClosedHeld = false
    private var context: ChannelHandlerContext?

    init(_ service: Service) { self.service = service }

    private var isHolding: Bool {
        switch stage {
        case .free, .receiving: false
        case .deciding, .stalled: true
        }
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        stage = .free
        held = []
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isHolding { held.append(part) } else { take(part, context) }
    }

    func read(context: ChannelHandlerContext) {
        if isHolding { isReadHeld = true } else { context.read() }
    }

    /// A client that has sent all it will still waits for its answer.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isHolding, event as? ChannelEvent == .inputClosed {
            isInputClosedHeld = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .stalled = stage, context.channel.isWritable { goOn(context) }
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { owedByRoutes = max(0, owedByRoutes - 1) }
        context.write(data, promise: promise)
    }

    private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch (stage, part) {
        case (.free, .head(let head)):
            if owedByRoutes == 0, let type = Self.usualCommand(head) {
                stage = .receiving(Request(head: head, type: type))
            } else {
                owedByRoutes += 1
                context.fireChannelRead(wrapInboundOut(part))
            }
        case (.receiving(var request), .body(var bytes)):
            stage = .free
            request.body.writeBuffer(&bytes)
            stage = .receiving(request)
        case (.receiving(let request), .end): submit(request, context)
        default: context.fireChannelRead(wrapInboundOut(part))
        }
    }

    private static func usualCommand(_ head: HTTPRequest) -> (any Command.Type)? {
        let folder = "/v1/commands/"
        guard head.method == .post, let path = head.path, path.hasPrefix(folder), !head.isOfWebPage,
            let length = head.headerFields[.contentLength].flatMap({ Int($0) }), length <= bodyBytesMax
        else { return nil }
        return Commands.byName[String(path.dropFirst(folder.count))]
    }

    private func submit(_ request: Request, _ context: ChannelHandlerContext) {
        stage = .deciding(type: request.type, wantsProtobuf: request.head.wantsProtobuf)
        do throws(Refusal) {
            let submission = try Submission(
                request.type, request.head, body: [UInt8](buffer: request.body), uid: service.uid(context.channel))
            let desk = NIOLoopBound(self, eventLoop: context.eventLoop)
            service.send(submission) { [answers = service.answers] in answers.add($0, for: desk) }
        } catch {
            answer(.failure(error))
        }
    }

    /// On the event loop. One whose connection has gone is told nothing.
    func answer(_ outcome: Outcome) {
        guard case .deciding(let type, let wantsProtobuf) = stage, let context else { return }
        let answer = DeskAnswer(outcome, asProtobuf: wantsProtobuf)
        service.count(type.name, answer.isDone ? "done" : String(answer.status))
        for part in answer.parts(nowSeconds: DeskAnswer.nowSeconds()) {
            context.write(wrapOutboundOut(part), promise: nil)
        }
        context.flush()
        if context.channel.isWritable { goOn(context) } else { stage = .stalled }
    }

    /// What has waited is taken up in its order, until the next command is being decided.
    private func goOn(_ context: ChannelHandlerContext) {
        stage = .free
        let parts = held
        held = []
        for part in parts { if isHolding { held.append(part) } else { take(part, context) } }
        guard !isHolding else { return }
        if !parts.isEmpty { context.fireChannelReadComplete() }
        if isInputClosedHeld {
            isInputClosedHeld = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if isReadHeld {
            isReadHeld = false
            context.read()
        }
    }
}
