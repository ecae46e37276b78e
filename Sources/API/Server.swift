import Clinic
import Engine
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Schema
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The API on a Unix socket.
public struct APIServer: Sendable {
    /// How much it takes on.
    public struct Options: Sendable {
        public var connectionsPerUser: Int
        /// All users together.
        public var connectionsTotal: Int

        public init(connectionsPerUser: Int = 512, connectionsTotal: Int = 4_096) {
            self.connectionsPerUser = connectionsPerUser
            self.connectionsTotal = connectionsTotal
        }
    }

    private let application: Application<RouterResponder<SocketContext>>
    private let peers: PeerUsers
    private let streams = LiveStreams()
    private let failure = Failed()

    /// Remembers why the socket could not be opened.
    private final class Failed: Sendable {
        let reason = Mutex<(any Error)?>(nil)
    }

    public init(engine: ClinicEngine, socket: SocketFolder, options: Options = Options(), logger: Logger) throws {
        try socket.prepare()
        let peers = PeerUsers(
            quota: ConnectionQuota(
                perUserMax: options.connectionsPerUser, totalMax: options.connectionsTotal,
                privileged: [0, engine.ownUID]))
        self.peers = peers
        let figures = Figures()
        let router = Self.router(engine, peers, streams, figures)
        let failure = failure
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let desk = CommandDesk.Service(
            send: { engine.send($0, answer: $1) }, uid: { peers.uid(of: $0) },
            count: { figures.command($0, outcome: $1) }, answers: DeskAnswers(loops.next()))
        application = Application(
            responder: router.buildResponder(),
            server: HTTPServerBuilder { GuardedChannel($0, limits: EdgeLimits(), desk: desk) },
            configuration: .init(
                address: .unixDomainSocket(path: socket.bindPath),
                // The kernel takes it down to what it allows, net.core.somaxconn.
                backlog: Int(Int32.max)),
            onServerRunning: { channel in
                do {
                    // Before anybody can find the socket.
                    try await channel.guardConnections(peers).get()
                    try socket.publish()
                    logger.info("listening", metadata: ["socket": "\(socket.path)"])
                } catch {
                    failure.reason.withLock { $0 = error }
                    channel.close(promise: nil)
                }
            },
            eventLoopGroupProvider: .shared(loops),
            logger: Self.quieter(logger))
    }

    /// Serves until a signal ends it: then nothing new is accepted, streams end, what is asked is answered, and whoever
    /// neither reads nor goes is left behind after less than a second.
    public func run() async throws {
        let service = Service(application: application, peers: peers, streams: streams)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: application.logger)
        configuration.maximumGracefulShutdownDuration = nil
        try await ServiceGroup(configuration: configuration).run()
        if let reason = failure.reason.withLock({ $0 }) { throw reason }
    }

    private struct Service: ServiceLifecycle.Service {
        let application: Application<RouterResponder<SocketContext>>
        let peers: PeerUsers
        let streams: LiveStreams

        /// For answers that are on their way when a signal comes.
        static let patience = TimeAmount.milliseconds(700)

        func run() async throws {
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: {
                streams.endAll()
                application.eventLoopGroup.next().scheduleTask(in: Self.patience) { peers.closeAll() }
            }
        }
    }

    /// What the libraries say of their own workings is of interest only to who asks for it.
    private static func quieter(_ logger: Logger) -> Logger {
        var quieter = logger
        quieter.logLevel = max(logger.logLevel, logger.logLevel <= .debug ? logger.logLevel : .warning)
        return quieter
    }

    private static func router(
        _ engine: ClinicEngine, _ peers: PeerUsers, _ streams: LiveStreams, _ figures: Figures
    ) -> Router<SocketContext> {
        let router = Router(context: SocketContext.self)
        router.add(middleware: Problems())
        let commands = CommandRoute(engine: engine, peers: peers, figures: figures)
        let queries = QueryRoute(engine: engine, peers: peers)
        let events = EventRoute(engine: engine, peers: peers, streams: streams)
        let log = LogRoute(engine: engine, peers: peers)
        let jobs = JobRoute(engine: engine, peers: peers, streams: streams)
        let openAPI = OpenAPIRoute()
        let health = HealthRoute(engine: engine)
        let metrics = MetricsRoute(engine: engine, peers: peers, figures: figures, streams: streams)
        let gates = Gatekeeper(router: router, engine: engine, peers: peers)
        gates.serve(.command, .post) { try await commands.respond($0, $1) }
        gates.serve(.query) { try await queries.respond($0, $1) }
        gates.serve(.query, .post) { try await queries.respond($0, $1) }
        gates.serve(.events) { try await events.respond($0, $1) }
        gates.serve(.checkpoint) { try await log.checkpoint($0, $1) }
        gates.serve(.key) { try await log.key($0, $1) }
        gates.serve(.proof) { try await log.proof($0, $1) }
        gates.serve(.tile) { try await log.tile($0, $1) }
        gates.serve(.job, .post) { try await jobs.start($0, $1) }
        gates.serve(.job) { try await jobs.show($0, $1) }
        gates.serve(.job, .delete) { try await jobs.cancel($0, $1) }
        gates.serve(.openAPI) { try await openAPI.respond($0, $1) }
        gates.serve(.health) { try await health.respond($0, $1) }
        gates.serve(.metrics) { try await metrics.respond($0, $1) }
        return router
    }
}
