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
    private var meter = BodyMeter()
    private var context: ChannelHandlerContext?
    private var tick: Scheduled<Void>?
    /// Said when the answers owed before it have gone out.
    private var lastWord: Refusal?
    /// Nothing goes in or out any more but what is said last.
    private var isOver = false
    private var isAnswering = false
    /// The request that has arrived, or is arriving, is the last that the client wants answered.
    private var isLast = false
    private var hasLastArrived = false
    private var parting: Parting?
    /// Bytes that came when nothing was listened to any more.
    private var unheardBytes = 0

    private var isListening: Bool { !isOver && lastWord == nil && !hasLastArrived }

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

    func received(bytes: Int) {
        guard isListening else {
            unheardBytes += bytes
            return
        }
        if timer.isHeadSeen { meter.received(wireBytes: bytes) }
        timer.received(bytes: bytes, now: .now())
    }

    func parsed() {
        if isListening {
            if timer.isHeadTooLong { refuse(EdgeProblem.headTooLarge, RequestCutShort()) }
            refuseBodyTooLong()
        } else if isOver, unheardBytes > EdgeLimits.partingBytesMax {
            context?.close(promise: nil)
        }
    }

    /// Of one that is not listened to, no more is read than is thrown away with good grace.
    func read(context: ChannelHandlerContext) {
        if unheardBytes <= EdgeLimits.partingBytesMax { context.read() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Nobody else asks for more.
        if isOver { read(context: context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isListening else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            let codings = head.headerFields[values: .transferEncoding]
            guard codings.isEmpty || codings.map({ $0.lowercased() }) == ["chunked"] else {
                // What would be read as the body is not what was sent.
                return refuse(EdgeProblem.unknownCoding, RequestCutShort())
            }
            meter.begin(head)
            guard !meter.isTooLong else {
                return refuse(EdgeProblem.bodyTooLarge(meter.limitBytes), RequestCutShort())
            }
            isLast = head.headerFields[.connection] == "close"
            timer.headEnded(isUpload: EdgeLimits.isUpload(path: head.path), now: .now())
            if timer.owed == 1, head.headerFields[.expect]?.lowercased() == "100-continue" {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body(let bytes):
            meter.received(bodyBytes: bytes.readableBytes)
            refuseBodyTooLong()
            guard isListening else { return }
        case .end:
            timer.requestEnded(now: .now())
            hasLastArrived = isLast
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
        var part = unwrapOutboundIn(data)
        if case .head(var head) = part {
            isAnswering = true
            if isLast, timer.owed == 1 {
                head.headerFields[.connection] = "close"
                part = .head(head)
            }
        }
        context.write(wrapOutboundOut(part), promise: ended)
        switch part {
        case .head: break
        case .body: break
        case .end:
            isAnswering = false
            timer.answerEnded(now: .now())
            if let lastWord {
                if timer.isNextAnswerOfArriving { say(lastWord, context) }
            } else if isLast, timer.owed == 0 {
                depart(context)
            }
        }
    }

    /// The server closes what it is done with; the client may not be.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if let parting, mode == .all { parting.whenEnded(promise) } else { context.close(mode: mode, promise: promise) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard isListening || error is IOError || error is ChannelError else { return }
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
        } else if timer.owed == 0 {
            // Its own answer has gone out before.
            depart(context)
        } else if isAnswering, timer.isNextAnswerOfArriving {
            // Half of its own answer has gone out: there is no place for another.
            isOver = true
            context.close(promise: nil)
        }
        if isBodyAwaited { context.fireErrorCaught(error) }
    }

    private func refuseBodyTooLong() {
        guard timer.isHeadSeen, meter.isTooLong else { return }
        refuse(EdgeProblem.bodyTooLarge(meter.limitBytes), RequestCutShort())
    }

    private func say(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        for part in EdgeProblem.parts(refusal) { context.write(wrapOutboundOut(part), promise: nil) }
        depart(context)
    }

    private func depart(_ context: ChannelHandlerContext) {
        isOver = true
        tick?.cancel()
        parting = Parting(context)
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
        case .refuse: refuse(EdgeProblem.tooSlow, RequestCutShort())
        }
    }
}
