import NIOCore
import NIOHTTP1

/// Says in one way, `Connection: close`, that a request is its connection's last: HTTP/1.0 says it by saying nothing, and
/// HTTP/1.1 in any case and among other options.
final class ConnectionOption: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
