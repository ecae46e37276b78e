import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Schema

/// Keeps one connection within its limits, and answers what is no request before anybody else sees it.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var timer: RequestTimer
    private var context: ChannelHandlerContext?
    private var tick: Scheduled<Void>?
    /// Said when the answers owed before it have gone out.
    private var lastWord: Refusal?
    /// Nothing goes in or out any more but what is said last.
    private var isOver = false
    private var isAnswering = false

    init(limits: EdgeLimits) { timer = RequestTimer(limits: limits, now: .now()) }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        tick?.cancel()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        tick?.cancel()
        context.fireChannelInactive()
    }

    func received(bytes: Int) { timer.received(bytes: bytes, now: .now()) }

    func parsed() {
        if !isOver, lastWord == nil, timer.isHeadTooLong { refuse(EdgeProblem.headTooLarge, RequestCutShort()) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver, lastWord == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            let codings = head.headerFields[values: .transferEncoding]
            guard codings.isEmpty || codings.map({ $0.lowercased() }) == ["chunked"] else {
                // What would be read as the body is not what was sent.
                return refuse(EdgeProblem.unknownCoding, RequestCutShort())
            }
            timer.headEnded(isUpload: EdgeLimits.isUpload(path: head.path), now: .now())
            if timer.owed == 1, head.headerFields[.expect]?.lowercased() == "100-continue" {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body: break
        case .end: timer.requestEnded(now: .now())
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let ended = promise ?? context.eventLoop.makePromise()
        timer.writeBegan(now: .now())
        ended.futureResult.assumeIsolated().whenComplete { [self] _ in timer.writeEnded(now: .now()) }
        let part = unwrapOutboundIn(data)
        context.write(data, promise: ended)
        switch part {
        case .head: isAnswering = true
        case .body: break
        case .end:
            isAnswering = false
            timer.answerEnded(now: .now())
            if let lastWord, timer.isNextAnswerOfArriving { say(lastWord, context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isOver, lastWord == nil else { return }
        switch error {
        case is IOError, is ChannelError: context.fireErrorCaught(error)
        case HTTPParserError.invalidEOFState:
            // The client went away in the midst of it. Whoever waits for the body must not take half of it for the whole.
            isOver = true
            context.fireErrorCaught(error)
            context.close(promise: nil)
        case HTTPParserError.headerOverflow: refuse(EdgeProblem.headTooLarge, error)
        default: refuse(EdgeProblem.malformed, error)
        }
    }

    /// Ends the connection with a word, after the answers that are owed for what came before.
    private func refuse(_ refusal: Refusal, _ error: any Error) {
        guard let context else { return }
        lastWord = refusal
        let isBodyAwaited = timer.isHeadSeen
        if timer.isNextAnswerOfArriving, !isAnswering {
            say(refusal, context)
        } else if timer.owed == 0 || isAnswering && timer.isNextAnswerOfArriving {
            // Its own answer has gone out, or half of it: there is no place for another.
            isOver = true
            context.close(promise: nil)
        }
        if isBodyAwaited { context.fireErrorCaught(error) }
    }

    private func say(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        isOver = true
        for part in EdgeProblem.parts(refusal) { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
        context.close(mode: .output, promise: nil)
        // A moment to read it: closing at once would reset what was not read yet.
        _ = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { context.close(promise: nil) }
    }

    private func schedule(_ context: ChannelHandlerContext) {
        tick = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { [self] in look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        switch timer.verdict(now: .now()) {
        case .fine: schedule(context)
        case .close:
            isOver = true
            context.close(promise: nil)
        case .refuse where lastWord == nil:
            refuse(EdgeProblem.tooSlow, RequestCutShort())
        case .refuse: context.close(promise: nil)
        }
    }
}
