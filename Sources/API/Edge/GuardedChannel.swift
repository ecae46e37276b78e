import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// An HTTP connection whose user was asked for before anything is read, and who does not have too many already.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let inner: HTTP1Channel
    let peers: PeerUsers

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        peers.admit(channel).flatMap { isAdmitted in
            guard isAdmitted else {
                let text =
                    "HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n"
                return channel.writeAndFlush(ByteBuffer(string: text)).flatMap { channel.close() }.flatMap {
                    channel.eventLoop.makeFailedFuture(ChannelError.alreadyClosed)
                }
            }
            return inner.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }
}
