import Clinic
import Engine
import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema

/// `GET /v1/log/…`: what strangers need to check the log without us. Checkpoint, key and hash tiles need no permission;
/// entry bundles hold the records themselves and do.
struct LogRoute: Sendable {
    let engine: ClinicEngine
    let peers: PeerUsers

    func checkpoint(_ request: Request, _ context: SocketContext) async throws -> Response {
        try Self.response(engine.tiles.checkpointBytes, type: "text/plain; charset=utf-8")
    }

    func key(_ request: Request, _ context: SocketContext) async throws -> Response {
        try Self.response(engine.tiles.verifierKeyBytes, type: "text/plain; charset=utf-8")
    }

    /// `/v1/log/tile/0/x001/067[.p/W]`, as tlog-tiles names them.
    func tile(_ request: Request, _ context: SocketContext) async throws -> Response {
        let path = "tile/" + context.parameters.getCatchAll().joined(separator: "/")
        guard let tile = TilePath(parsing: path) else {
            throw Refusal.field("path", "A tile is named like tile/0/x001/067 or tile/0/000.p/12.")
        }
        if tile.content == .entries {
            let credentials = try Credentials(request.head, uid: peers.uid(of: context.channel))
            _ = try engine.admit(credentials, to: .viewEvents, name: "log/tile/entries")
        }
        let bytes = try await engine.views.blocking { [engine] in try engine.tiles.tile(tile) }
        return try Self.response(bytes, type: "application/octet-stream")
    }

    /// `/v1/log/proof/<position>`: an inclusion proof against the latest checkpoint (c2sp.org/tlog-proof).
    func proof(_ request: Request, _ context: SocketContext) async throws -> Response {
        guard let position = context.parameters.get("position").flatMap({ UInt64($0) }) else {
            throw Refusal.field("position", "The position must be a number.")
        }
        let bytes = try await engine.views.blocking { [engine] in try engine.inclusionProof(of: position) }
        return try Self.response(bytes, type: "text/plain; charset=utf-8")
    }

    private static func response(_ bytes: [UInt8]?, type: String) throws -> Response {
        guard let bytes else {
            throw Refusal(
                .problem("not-found"), status: 404, title: "Not found",
                detail: "There is no such tile, or no checkpoint yet.")
        }
        return Response(
            status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
