import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// An HTTP connection that is watched from its first byte on.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let inner: HTTP1Channel
    let limits: EdgeLimits
    let desk: CommandDesk.Service

    init(_ responder: @escaping HTTPChannelHandler.Responder, limits: EdgeLimits, desk: CommandDesk.Service) {
        inner = HTTP1Channel(
            responder: responder,
            configuration: .init(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headBytesMax, maxHeaderListSize: limits.headBytesMax,
                    maxHeaderFieldCount: limits.headFieldsMax)))
        self.limits = limits
        self.desk = desk
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        inner.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let guardian = RequestGuard(limits: limits)
            try pipeline.addHandler(ByteWatch(guardian), position: .first)
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(ConnectionOption(), position: .after(decoder))
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(guardian, position: .before(state))
            // Behind the state, which counts the requests that a graceful end waits for.
            try pipeline.addHandler(CommandDesk(desk), position: .after(state))
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }
}
