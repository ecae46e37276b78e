import ArgumentParser
import DaybookClient

/// A verb with the options of every verb.
protocol TakesGlobalOptions {
    var global: GlobalOptions { get }
}

/// A verb that speaks with the daemon.
protocol Verb: AsyncParsableCommand, TakesGlobalOptions {
    func run(at desk: Desk) async throws
}

/// A verb that only reads, and can read as of an earlier time.
protocol ReadingVerb: Verb {}

extension Verb {
    mutating func run() async throws {
        if global.asOf != nil, !(self is any ReadingVerb) {
            throw UsageError("--as-of is for questions; this changes something, and only now can be changed.")
        }
        let surroundings = Surroundings.process
        let socket = try await SocketFinder.find(option: global.socket, surroundings)
        let secret = try await TokenFinder(
            member: global.member, folder: global.tokens, socket: socket.description, surroundings: surroundings
        ).secret()
        let verb = self
        let screen = Screen.process(surroundings)
        try await SocketClient.with(socket: socket, token: secret) { client in
            try await verb.run(at: Desk(client: client, screen: screen, global: verb.global))
        }
    }
}
