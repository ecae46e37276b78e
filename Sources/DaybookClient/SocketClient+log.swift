import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension SocketClient {
    /// The events after a position as lines of JSON; with `follow`, also those still to come, until the daemon stops.
    public func events(after position: UInt64?, follow: Bool) async throws(ClientError) -> LineSequence {
        var parameters: [String] = []
        if let position { parameters.append("after=\(position)") }
        if follow { parameters.append("follow=true") }
        let suffix = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
        return try await lines("/v1/events\(suffix)")
    }

    /// The last signed checkpoint, a C2SP signed note.
    public func checkpoint() async throws(ClientError) -> RawAnswer {
        try await exchange(.get("/v1/log/checkpoint", timeoutSeconds: timeouts.query), progress: nil)
    }

    /// The key that checkpoints are signed with, as verifiers take it.
    public func verifierKey() async throws(ClientError) -> RawAnswer {
        try await exchange(.get("/v1/log/key", timeoutSeconds: timeouts.query), progress: nil)
    }

    /// The proof that a record is in the log.
    public func proof(of position: UInt64) async throws(ClientError) -> RawAnswer {
        try await exchange(.get("/v1/log/proof/\(position)", timeoutSeconds: timeouts.query), progress: nil)
    }

    public func health() async throws(ClientError) -> RawAnswer {
        try await exchange(.get("/v1/health", timeoutSeconds: timeouts.query), progress: nil)
    }

    /// A stream without a total deadline.
    func lines(_ target: String) async throws(ClientError) -> LineSequence {
        let response: HTTPClientResponse
        do {
            let call = Call.get(target, timeoutSeconds: 0)
            response = try await execute(request(for: call), deadline: .distantFuture)
        } catch {
            throw failure(error, key: nil)
        }
        guard response.status == .ok else {
            let body = (try? await response.body.collect(upTo: 1 << 20)).map { Array($0.readableBytesView) } ?? []
            throw ClientError(Problem(status: Int(response.status.code), body: body))
        }
        return LineSequence(body: response.body, client: self)
    }
}
