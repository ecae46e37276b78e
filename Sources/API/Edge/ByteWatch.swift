import NIOCore

/// Sees a connection's bytes before they are parsed, and tells the guard of them.
final class ByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let guardian: RequestGuard

    init(_ guardian: RequestGuard) { self.guardian = guardian }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guardian.received(bytes: unwrapInboundIn(data).readableBytes)
        // What is parsed of them reaches the guard before this returns.
        context.fireChannelRead(data)
        guardian.parsed()
    }
}
