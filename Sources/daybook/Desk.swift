import DaybookClient
import Schema
import SwiftProtobuf
import Timetable

/// What a verb works with: the daemon's ear, the terminal, and the practice's calendar.
struct Desk: Sendable {
    let client: SocketClient
    let screen: Screen
    let global: GlobalOptions

    /// Asks, and prints the API's own answer or what `show` makes of it.
    func ask<Q: Asked>(_ query: Q, _ show: (Q.Answer) async throws -> [String]) async throws {
        let meter = ProgressMeter(screen)
        let answer = try await client.askRaw(
            Q.requestName, json: try SocketClient.json(query), asOf: try await asOf(), progress: meter.show)
        await meter.end()
        if global.json { return screen.write(answer.bytes) }
        screen.write(try await show(try SocketClient.read(Q.Answer.self, from: answer.bytes)))
    }

    /// Sends a command, and prints the API's own answer or what `show` makes of it.
    ///
    /// - Parameter key: `--key` or a new one when left out.
    func send(
        _ command: some Message, key: IdempotencyKey? = nil, _ show: (Reply) async throws -> [String]
    ) async throws {
        let meter = ProgressMeter(screen)
        let answer = try await client.sendRaw(
            type(of: command).requestName, json: try SocketClient.json(command), key: try key ?? self.key(),
            progress: meter.show)
        await meter.end()
        if global.json { return screen.write(answer.bytes) }
        screen.write(try await show(try SocketClient.read(Reply.self, from: answer.bytes)))
    }

    /// The caller, the practice and its zone.
    func practice() async throws -> Practice {
        try Practice(try await client.ask(WhoAmI()))
    }

    /// `--key`, else a new one.
    func key() throws -> IdempotencyKey {
        guard let text = global.key else { return .make() }
        guard let key = IdempotencyKey(text) else { throw UsageError("--key must be a UUID.") }
        return key
    }

    /// `--as-of` as the API takes it.
    func asOf() async throws -> String? {
        guard let text = global.asOf else { return nil }
        // A full time needs no question for what today is.
        if let time = LocalDateTime(iso: text) { return time.description }
        return try TimeWords(today: try await practice().today).time(text, dateAlone: .refused).description
    }
}
