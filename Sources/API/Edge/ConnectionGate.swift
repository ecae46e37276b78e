import NIOCore

/// Stands first where connections are accepted, and lets in those that their user may have. The others never become
/// anything that costs: whoever opens thousands keeps others waiting for microseconds each.
final class ConnectionGate: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let peers: PeerUsers
    /// Made once.
    private let refusal = EdgeProblem.bytes(EdgeProblem.tooMany)

    init(_ peers: PeerUsers) { self.peers = peers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        if peers.admit(channel) { context.fireChannelRead(data) } else { peers.turnAway(channel, with: refusal) }
    }
}

extension Channel {
    /// Puts the gate before a server's channel.
    func guardConnections(_ peers: PeerUsers) -> EventLoopFuture<Void> {
        eventLoop.submit {
            try self.pipeline.syncOperations.addHandler(ConnectionGate(peers), position: .first)
            // Of a crowd so many are seen to before everybody else has a turn.
            try self.syncOptions?.setOption(.maxMessagesPerRead, value: 16)
        }
    }
}
