import NIOCore

/// The end of a connection after its last word: our side is closed at once, and what the client still sends is thrown away
/// for a moment. Who sends all before it reads would otherwise learn of a broken connection, and not why.
final class Parting {
    private let ended: EventLoopPromise<Void>

    /// Begins it. What was written before goes out first.
    init(_ context: ChannelHandlerContext) {
        ended = context.eventLoop.makePromise()
        context.flush()
        context.close(mode: .output, promise: nil)
        let ended = ended
        context.eventLoop.assumeIsolated().scheduleTask(in: EdgeLimits.partingTime) {
            context.close(promise: nil)
            ended.succeed()
        }
    }

    /// Whoever wants the connection closed meanwhile is told when it is.
    func whenEnded(_ promise: EventLoopPromise<Void>?) { ended.futureResult.cascade(to: promise) }
}
