import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// An HTTP connection whose user was asked for before anything is read, and which is watched from its first byte on.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let inner: HTTP1Channel
    let peers: PeerUsers
    let limits: EdgeLimits

    init(
        _ responder: @escaping HTTPChannelHandler.Responder, peers: PeerUsers, limits: EdgeLimits
    ) {
        inner = HTTP1Channel(
            responder: responder,
            configuration: .init(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headBytesMax, maxHeaderListSize: limits.headBytesMax,
                    maxHeaderFieldCount: limits.headFieldsMax)))
        self.peers = peers
        self.limits = limits
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        peers.admit(channel).flatMap { isAdmitted in
            guard isAdmitted else {
                peers.turnAway(channel, with: EdgeProblem.bytes(EdgeProblem.tooMany))
                return channel.eventLoop.makeFailedFuture(ChannelError.alreadyClosed)
            }
            return inner.setup(channel: channel, logger: logger).flatMapThrowing { value in
                let pipeline = channel.pipeline.syncOperations
                let guardian = RequestGuard(limits: limits)
                try pipeline.addHandler(ByteWatch(guardian), position: .first)
                let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
                try pipeline.addHandler(guardian, position: .before(state))
                return value
            }
        }
    }

    func handle(value: Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }
}
