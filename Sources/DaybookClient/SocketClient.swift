import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Schema

/// A client of the daemon at one Unix socket. Must be shut down when it is done with.
public struct SocketClient: Sendable {
    public let socket: SocketPath
    public let timeouts: Timeouts
    let token: String?
    let http: HTTPClient
    let base: String

    /// Answers beyond this are refused: a week of a large practice has 1 MB.
    static let maxAnswerBytes = 64 << 20

    /// - Parameter token: The secret of a token, which outranks the caller's user id.
    public init(socket: SocketPath, token: String? = nil, timeouts: Timeouts = .standard) throws(ClientError) {
        guard let base = URL(httpURLWithSocketPath: socket.description) else {
            throw .badSocketPath("the socket's path cannot be written as an address: \(socket)")
        }
        // Every target begins with its own slash.
        self.base = String(base.absoluteString.reversed().drop { $0 == "/" }.reversed())
        self.socket = socket
        self.token = token
        self.timeouts = timeouts
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(timeouts.connect)
        // A daemon that is not there is said to be so at once; otherwise the pool would go on trying.
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    public func shutdown() async {
        // It fails only for a client that was shut down before, which is what was wanted.
        try? await http.shutdown()
    }

    /// Lends a client to `body` and shuts it down afterwards.
    public static func with<Result: Sendable>(
        socket: SocketPath, token: String? = nil, timeouts: Timeouts = .standard,
        _ body: (SocketClient) async throws -> Result
    ) async throws -> Result {
        let client = try SocketClient(socket: socket, token: token, timeouts: timeouts)
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }

    func request(for call: Call) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + call.target)
        request.method = call.method
        request.headers = call.headers(token: token)
        if let body = call.body { request.body = .bytes(body) }
        return request
    }
}
