import Clinic
import Engine
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Schema
import UnixSignals

/// The API on a Unix socket.
public struct APIServer: Sendable {
    private let application: Application<RouterResponder<SocketContext>>

    public init(engine: Engine, socket: SocketFolder, logger: Logger) {
        let peers = PeerUsers(connectionsMax: 256)
        let router = Self.router(engine, peers)
        application = Application(
            responder: router.buildResponder(),
            server: Self.server(peers, logger),
            configuration: .init(address: .unixDomainSocket(path: socket.bindPath), backlog: 1_024),
            onServerRunning: { _ in
                do {
                    try socket.publish()
                    logger.info("listening", metadata: ["socket": "\(socket.path)"])
                } catch {
                    logger.critical("cannot open the socket", metadata: ["reason": "\(error)"])
                }
            },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)), logger: logger)
    }

    /// Serves until a signal ends it.
    public func run() async throws {
        try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    }

    private static func router(_ engine: Engine, _ peers: PeerUsers) -> Router<SocketContext> {
        let router = Router(context: SocketContext.self)
        router.add(middleware: Problems())
        let commands = CommandRoute(engine: engine, peers: peers)
        let queries = QueryRoute(engine: engine, peers: peers)
        let v1 = router.group("v1")
        v1.post("commands/:name") { try await commands.respond($0, $1) }
        v1.get("queries/:name") { try await queries.respond($0, $1) }
        v1.post("queries/:name") { try await queries.respond($0, $1) }
        let events = EventRoute(engine: engine, peers: peers)
        v1.get("events") { try await events.respond($0, $1) }
        let log = LogRoute(engine: engine, peers: peers)
        v1.get("log/checkpoint") { try await log.checkpoint($0, $1) }
        v1.get("log/key") { try await log.key($0, $1) }
        v1.get("log/proof/:position") { try await log.proof($0, $1) }
        v1.get("log/tile/**") { try await log.tile($0, $1) }
        let jobs = JobRoute(engine: engine, peers: peers)
        v1.post("jobs/:kind") { try await jobs.start($0, $1) }
        v1.get("jobs/:kind") { try await jobs.show($0, $1) }
        v1.delete("jobs/:kind") { try await jobs.cancel($0, $1) }
        return router
    }

    private static func server(_ peers: PeerUsers, _ logger: Logger) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            GuardedChannel(
                inner: HTTP1Channel(
                    responder: responder,
                    configuration: .init(
                        idleTimeout: .seconds(15),
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: 16_384, maxHeaderListSize: 16_384, maxHeaderFieldCount: 64))),
                peers: peers)
        }
    }
}
